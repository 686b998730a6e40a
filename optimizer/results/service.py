"""How every demand is met: with which goods, late, or not at all."""

from __future__ import annotations

from models.problem import NeedKey
from optimizer.contract.results import Issue, ServiceRow
from optimizer.results.amounts import NOISE, summed, written
from optimizer.results.basis import Basis
from optimizer.results.orders import outcome_places

FREE_GOODS = "free"
"""What Issues and Stock plan say of goods that came under no licence."""


def licence_text(licences: tuple[str, ...]) -> str:
    """The licences under which goods came."""
    return "; ".join(licences) or FREE_GOODS


def issue_rows(basis: Basis) -> tuple[Issue, ...]:
    """What was used for which demand, by outcome, demand, period and goods."""
    problem, solution = basis.problem, basis.solution
    options = {option.name: option for option in problem.substitutions}
    text = {goods: licence_text(licences) for goods, licences in problem.classes.items()}
    rows = [
        Issue(
            outcome=outcome,
            item=item,
            site=site,
            end_use=end_use,
            period=period,
            used_item=item,
            licences=text[goods],
            quantity=quantity,
            serves=quantity,
        )
        for (item, site, goods, end_use, period, outcome), quantity in solution.issue.items()
        if quantity > NOISE
    ]
    for (name, site, goods, end_use, period, outcome), quantity in solution.replace.items():
        if quantity <= NOISE:
            continue
        option = options[name]
        rows.append(
            Issue(
                outcome=outcome,
                item=option.item,
                site=site,
                end_use=end_use,
                period=period,
                used_item=option.substitute,
                licences=text[goods],
                quantity=quantity,
                serves=quantity / option.ratio,
            )
        )
    place = outcome_places(problem)
    return tuple(
        sorted(
            rows,
            key=lambda r: (
                place[r.outcome],
                r.period,
                r.item,
                r.site,
                r.end_use,
                r.used_item != r.item,
                r.used_item,
                r.licences,
            ),
        )
    )


def service_rows(basis: Basis, issues: tuple[Issue, ...]) -> tuple[ServiceRow, ...]:
    """Every demand of every period, and every period that still owes something of an earlier one.

    Rows where nothing is needed, used, late or lost are left out.
    """
    problem, solution = basis.problem, basis.solution
    met = summed(((_need(r), r.period, r.outcome, r.used_item != r.item), r.serves) for r in issues)
    late = {
        ((item, site, end_use), period, outcome): quantity
        for (item, site, end_use, period, outcome), quantity in solution.late.items()
        if quantity > NOISE
    }
    lost = {
        ((item, site, end_use), period, outcome): quantity
        for (item, site, end_use, period, outcome), quantity in solution.shortage.items()
        if quantity > NOISE
    }
    wanted = {key for key, quantity in problem.needs.demand.items() if written(quantity)}
    keys = wanted | set(late) | set(lost) | {(need, t, w) for need, t, w, _ in met}
    place = outcome_places(problem)
    return tuple(
        ServiceRow(
            outcome=outcome,
            item=need[0],
            site=need[1],
            end_use=need[2],
            period=period,
            demand=problem.needs.demand.get((need, period, outcome), 0.0),
            issued=met.get((need, period, outcome, False), 0.0),
            substituted=met.get((need, period, outcome, True), 0.0),
            late=late.get((need, period, outcome), 0.0),
            shortage=lost.get((need, period, outcome), 0.0),
        )
        for need, period, outcome in sorted(keys, key=lambda key: (place[key[2]], key[1], key[0]))
    )


def _need(row: Issue) -> NeedKey:
    return row.item, row.site, row.end_use
