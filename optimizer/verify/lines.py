"""Every charge and saving of the plan, recomputed from the input and the other tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from optimizer.contract.supply import Lane
from optimizer.verify.case import Case
from optimizer.verify.cover import targets
from optimizer.verify.placing import order_cost, shares_placed, spread
from optimizer.verify.projects import charged
from optimizer.verify.rules import Limit
from optimizer.verify.stock import closing_by_item, closing_by_site


@dataclass(frozen=True, slots=True)
class Line:
    """An amount, discounted.  What a component does not tell apart is blank."""

    outcome: str
    component: str
    amount: float
    subject: str = ""
    item: str = ""
    site: str = ""
    period: int | None = None


def lines(case: Case, limits: Iterable[Limit]) -> Iterator[Line]:
    """All of them; first-stage amounts once for each outcome."""
    for recompute in _RUNNING:
        yield from recompute(case)
    first_stage = [line for recompute in _FIRST_STAGE for line in recompute(case)]
    for limit in limits:
        first_stage.append(Line("", "relaxation", limit.penalty_cost, limit.rule.rule))
    for line in first_stage:
        for outcome in case.worlds:
            yield replace(line, outcome=outcome)


def _order_costs(case: Case) -> Iterator[Line]:
    """One order = one offer in one period; where orders are spread, the share that is placed."""
    placed = {
        key: 1.0
        for key, quantity in case.flows.placed.items()
        if quantity > 0 and not spread(case, key[-1])
    }
    for (outcome, *offer, period), share in (placed | shares_placed(case)).items():
        supplier, item = offer
        amount = share * order_cost(case, supplier, item) * case.clock.discount(period)
        yield Line(outcome, "order_cost", amount, supplier, item, period=period)


def _holding(case: Case) -> Iterator[Line]:
    for (outcome, item, site, period), stock in closing_by_item(case).items():
        if stock:
            amount = stock * case.values.holding[item] * case.clock.discount(period)
            yield Line(outcome, "holding", amount, item=item, site=site, period=period)


def _unmet(case: Case) -> Iterator[Line]:
    """Late and short; what is late at the end is lost as well."""
    for row in case.tables.service:
        if not (row.late or row.shortage):
            continue
        discount = case.clock.discount(row.period)
        place = (row.item, row.site)
        backlog = case.values.items[row.item].backlog_cost or 0.0
        amount = row.late * backlog * discount
        yield Line(row.outcome, "late", amount, "", *place, period=row.period)
        lost = row.shortage + (row.late if row.period == case.clock.horizon else 0.0)
        amount = lost * case.values.shortage[row.item] * discount
        yield Line(row.outcome, "shortage", amount, "", *place, period=row.period)


def _overflow(case: Case) -> Iterator[Line]:
    sites = {site.site: site for site in case.data.sites}
    for (outcome, name, period), stock in closing_by_site(case).items():
        site = sites.get(name)
        if site is not None and site.overflow_cost is not None:
            above = max(0.0, stock - site.storage_capacity)
            amount = above * site.overflow_cost * case.clock.discount(period)
            yield Line(outcome, "overflow", amount, site=name, period=period)


def _cover(case: Case) -> Iterator[Line]:
    for target in targets(case):
        penalty = case.values.cover_penalty(target.row, target.item)
        gap = target.under + target.over
        amount = gap * penalty * case.clock.discount(target.period)
        place = (target.item, target.site)
        yield Line(target.outcome, "cover", amount, "", *place, period=target.period)


def _substituting(case: Case) -> Iterator[Line]:
    """The extra cost of each unit replaced."""
    for issue in case.tables.issues:
        row = case.needs.substitution(issue.item, issue.used_item, issue.site)
        if row is not None and issue.used_item != issue.item:
            replaced = issue.quantity / row.ratio
            amount = replaced * row.unit_cost * case.clock.discount(issue.period)
            yield Line(issue.outcome, "substitution", amount, period=issue.period)


def _price_breaks(case: Case) -> Iterator[Line]:
    discount = case.clock.discount(case.clock.horizon)
    for row in case.tables.tiers:
        key = (row.supplier, row.item)
        ladder = case.ladders.get(key)
        tier = ladder.find(row.from_quantity) if ladder else None
        lane = case.lane(*key, row.site, row.mode)
        if ladder is None or tier is None or lane is None:
            continue
        saved = ladder.discounts[tier] * case.landing.on_price(case.sources.offers[key], lane)
        yield Line(row.outcome, "price_breaks", -row.quantity * saved * discount, *key)


def _incentives(case: Case) -> Iterator[Line]:
    rates = {project.project: project.incentive for project in case.data.projects}
    discount = case.clock.discount(case.clock.horizon)
    for row in case.tables.incentives:
        amount = -row.quantity * rates.get(row.project, 0.0) * discount
        yield Line(row.outcome, "incentives", amount, row.project, row.item)


def _suppliers(case: Case) -> Iterator[Line]:
    """Onboarding and fixed cost of every supplier with an award."""
    used = {offer.supplier for offer in case.sources.active if case.awarded(offer)}
    for name in used:
        row = case.sources.suppliers[name]
        yield Line("", "onboarding", row.onboarding_cost, name)
        yield Line("", "fixed", case.clock.pro_rata(row.fixed_cost), name)


def _offers(case: Case) -> Iterator[Line]:
    """Qualification and switching of every offer with an award."""
    for offer in case.sources.active:
        if not case.awarded(offer):
            continue
        if not offer.qualified:
            yield Line("", "qualification", offer.qualification_cost, offer.supplier, offer.item)
        if offer.baseline == 0:
            yield Line("", "switching", offer.switching_cost, offer.supplier, offer.item)


def _lanes(case: Case) -> Iterator[Line]:
    """Once for each row of Lanes, supplier and site that carries an order."""
    carried: defaultdict[tuple[int, str, str], float] = defaultdict(float)
    rows: dict[int, Lane] = {}
    for order in case.flows.orders:
        if order.taken is not None:
            lane = order.taken.lane
            rows[id(lane)] = lane
            carried[id(lane), order.row.supplier, order.row.site] += order.row.quantity
    for (key, supplier, site), quantity in carried.items():
        if quantity > 0:
            yield Line("", "lane", rows[key].fixed_cost, supplier, site=site)


def _projects(case: Case) -> Iterator[Line]:
    built = {row.project: row.modules for row in case.tables.projects_built}
    for project in case.data.projects:
        amount = charged(case, project, built.get(project.project, 0.0))
        yield Line("", "project", amount, project.project)


def _substitutions(case: Case) -> Iterator[Line]:
    """Fixed cost, once for each row that is used."""
    used: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    costs: dict[tuple[str, str, str], float] = {}
    for issue in case.tables.issues:
        row = case.needs.substitution(issue.item, issue.used_item, issue.site)
        if row is not None and issue.used_item != issue.item:
            key = (row.item, row.substitute, row.site)
            used[key] += issue.quantity
            costs[key] = row.fixed_cost
    for key, quantity in used.items():
        if quantity > 0:
            yield Line("", "substitution", costs[key])


_RUNNING: tuple[Callable[[Case], Iterator[Line]], ...] = (
    _order_costs,
    _holding,
    _unmet,
    _overflow,
    _cover,
    _substituting,
    _price_breaks,
    _incentives,
)

_FIRST_STAGE: tuple[Callable[[Case], Iterator[Line]], ...] = (
    _suppliers,
    _offers,
    _lanes,
    _projects,
    _substitutions,
)
