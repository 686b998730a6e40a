"""Projects: capacity that can be built, what a module costs the horizon, and from when it helps."""

from __future__ import annotations

from models.problem import ProjectOption
from optimizer.assemble.ground import Ground
from optimizer.contract.supply import Project


def project_options(ground: Ground) -> tuple[ProjectOption, ...]:
    """The projects that are ready within the horizon and whose supplier offers something."""
    selling = {supplier for supplier, _ in ground.offers}
    options = (
        _option(ground, row)
        for row in sorted(ground.data.projects, key=lambda row: row.project)
        if row.supplier in selling
    )
    return tuple(option for option in options if option.first_period <= ground.clock.last)


def _option(ground: Ground, row: Project) -> ProjectOption:
    charged = min(1.0, ground.clock.horizon.years / row.life_years)
    return ProjectOption(
        name=row.project,
        supplier=row.supplier,
        capacity=row.capacity,
        module_cost=row.capex * (1.0 - row.capital_subsidy) * charged,
        max_modules=row.max_modules,
        first_period=1 + ground.clock.wait(row.build_days),
        incentive=row.incentive,
        incentive_cap=row.incentive_cap,
    )
