"""What can be seen without a solve: sentences, each with the cells that it rests on."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from models.problem import Metric, OfferKey, Problem, RuleScope, Sense
from optimizer.assemble import assemble
from optimizer.assemble.ground import ALL
from optimizer.contract.data import Data
from optimizer.contract.explain_results import Reason
from optimizer.studies.conflict.cells import Cell, addresses
from optimizer.studies.conflict.members import FORBID
from optimizer.studies.conflict.reach import NOISE, Group, Lack, lacks

_SHARES = (Metric.SHARE, Metric.SPEND_SHARE)
_OF_OFFERS = ("capacity", "max_award", "lead_days", "qualification_days")
_NEUTRAL = {
    "capacity": math.inf,
    "max_award": math.inf,
    "min_award": 0.0,
    "min_order": 0.0,
    "lead_days": 0.0,
    "qualification_days": 0.0,
    "transit_days": 0.0,
    "available_from": 1,
    "capacity_factor": 1.0,
    "quota": math.inf,
}
"""What cells say that limit nothing."""
_Said = tuple[str, list[Cell]]


def reasons(data: Data, *, of_demand: bool | None = None) -> tuple[Reason, ...]:
    """The sentences, numbered.  of_demand: also why demand cannot be met; None: where it must be.

    What they say holds whatever is bought; that they say nothing does not mean that there is a
    plan.
    """
    problem = assemble(data)
    must = data.settings.unmet_demand == FORBID if of_demand is None else of_demand
    said: list[_Said] = []
    if must:
        said += (_lack(lack, problem, data) for lack in lacks(problem))
    said += _storage(problem, data)
    said += _rules(problem, data)
    said += _offers(problem, data)
    return tuple(
        Reason(number=float(n), reason=text, cells=addresses(cells, data))
        for n, (text, cells) in enumerate(said, start=1)
    )


# --- demand ---------------------------------------------------------------------------------------


def _lack(lack: Lack, problem: Problem, data: Data) -> _Said:
    unit, label = data.settings.unit, data.period_labels[lack.period - 1]
    wanted = f"{_number(lack.wanted)} {unit} of {lack.group.name} are needed by {label}"
    if not lack.sources and lack.at_most <= 0:
        text = f"{wanted}, and no source may serve it, or can be there by then."
    else:
        text = f"{wanted}, and at most {_number(lack.at_most)} {unit} can be there: "
        text += f"{_sources(lack.sources)}."
    return text, [*_demanded(lack.group, lack.period, data), *_behind(lack, problem, data)]


def _sources(offers: tuple[OfferKey, ...]) -> str:
    if not offers:
        return "all of it from stock and open orders"
    suppliers = sorted({supplier for supplier, _ in offers})
    return f"what {', '.join(suppliers)} can deliver, with stock and open orders"


def _demanded(group: Group, period: int, data: Data) -> list[Cell]:
    return [
        Cell("Demand", place, "quantity")
        for place, row in enumerate(data.demand)
        if (row.item, row.site, row.end_use) in group.needs and row.period <= period
        and row.quantity > 0
    ]  # fmt: skip


def _behind(lack: Lack, problem: Problem, data: Data) -> Iterator[Cell]:
    """Cells that limit what can be there: capacities, dates and bans of the items' offers."""
    items = {item for item, _, _ in lack.group.needs}
    sites = {site for _, site, _ in lack.group.needs}
    uses = {end_use for _, _, end_use in lack.group.needs}
    offers = [row for row in data.offers if row.active and row.item in items]
    suppliers = {row.supplier for row in offers}
    made_in = {row.country for row in data.suppliers if row.supplier in suppliers}
    for place, offer in enumerate(data.offers):
        if offer in offers:
            yield from _limiting(data, "Offers", place, *_OF_OFFERS)
    for place, supplier in enumerate(data.suppliers):
        if supplier.supplier in suppliers:
            yield from _limiting(data, "Suppliers", place, "capacity", "available_from")
    for place, calendar in enumerate(data.calendar):
        if calendar.supplier in (ALL, *suppliers) and calendar.item in (ALL, *items):
            yield from _limiting(data, "Calendar", place, "capacity_factor")
    for place, lane in enumerate(data.lanes):
        from_there = lane.supplier in (ALL, *suppliers) and lane.country in (ALL, *made_in)
        if from_there and lane.site in (ALL, *sites) and lane.item in (ALL, *items):
            yield from _limiting(data, "Lanes", place, "capacity", "transit_days")
    named = {
        licence
        for (_, item), name in problem.supply.stock_class.items()
        if item in items
        for licence in problem.classes.get(name, ())
    }
    for place, row in enumerate(data.licences):
        if row.licence in named:
            yield from _limiting(data, "Licences", place, "quota")
            if uses & set(row.banned_end_uses):
                yield Cell("Licences", place, "banned_end_uses")


def _limiting(data: Data, table: str, place: int, *columns: str) -> list[Cell]:
    """Those cells of a row that say anything."""
    cells = [Cell(table, place, column) for column in columns]
    return [cell for cell in cells if cell.value(data) != _NEUTRAL[cell.column]]


# --- storage --------------------------------------------------------------------------------------


def _storage(problem: Problem, data: Data) -> Iterator[_Said]:
    """Stock that is certain to be there and that nothing can use up is more than fits."""
    places = {row.site: place for place, row in enumerate(data.sites)}
    for site, room in problem.holdings.storage.items():
        if site in problem.holdings.overflow_cost:
            continue
        for t in problem.horizon.numbers:
            kept = max(_left(problem, site, t, w) for w in problem.outcomes)
            if kept > room + NOISE * max(1.0, room):
                unit, label = data.settings.unit, data.period_labels[t - 1]
                text = (f"At least {_number(kept)} {unit} are in stock at {site} at the end of "
                        f"{label}, from stock and open orders alone, and the storage holds "
                        f"{_number(room)}.")  # fmt: skip
                cells = [Cell("Sites", places[site], "storage_capacity")]
                cells += [Cell("Stock", place, "quantity")
                          for place, row in enumerate(data.stock) if row.site == site]  # fmt: skip
                cells += [Cell("OpenOrders", place, "quantity")
                          for place, row in enumerate(data.open_orders)
                          if row.site == site and row.period <= t]  # fmt: skip
                yield text, cells
                break


def _left(problem: Problem, site: str, by: int, w: str) -> float:
    """What of all items is left at a site at least; substitutes count as used up."""
    used_up = {option.substitute for option in problem.substitutions if site in option.sites}
    there: dict[str, float] = defaultdict(float)
    for (item, at, _), quantity in problem.holdings.opening.items():
        if at == site:
            there[item] += quantity
    for (item, at, _, t, outcome), quantity in problem.holdings.open_orders.items():
        if at == site and t <= by and outcome == w:
            there[item] += quantity
    for ((item, at, _), t, outcome), quantity in problem.needs.demand.items():
        if at == site and t <= by and outcome == w:
            there[item] -= quantity
    return sum(max(0.0, left) for item, left in there.items() if item not in used_up)


# --- rules ----------------------------------------------------------------------------------------


def _rules(problem: Problem, data: Data) -> Iterator[_Said]:
    places = {row.rule: place for place, row in enumerate(data.rules)}
    hard = [scope for scope in problem.rules if scope.penalty is None]
    for scope in hard:
        said = _alone(scope, problem, data)
        if said:
            of = f" for {scope.item}" if scope.item else ""
            place = places[scope.rule]
            cells = [Cell("Rules", place, "limit")]
            if scope.metric is Metric.COUNT:
                only = scope.item or data.rules[place].item
                cells += _in_vain(problem, data, {only} if only else {o.item for o in data.offers})
            yield f"Rule {scope.rule}{of}: {said}", cells
    yield from _contrary(hard, places)


def _in_vain(problem: Problem, data: Data, items: Collection[str]) -> Iterator[Cell]:
    """What keeps offers of some items from delivering anything in time."""
    for place, row in enumerate(data.offers):
        there = (row.supplier, row.item) in problem.supply.offers
        if row.active and row.item in items and not there:
            yield from _limiting(data, "Offers", place, *_OF_OFFERS)


def _alone(scope: RuleScope, problem: Problem, data: Data) -> str:
    if scope.metric is Metric.COUNT and scope.sense is Sense.MIN:
        if len(scope.counted) < scope.limit:
            return (f"at least {scope.limit:g} are asked for, and only {len(scope.counted)} can "
                    "deliver anything in time, so nothing may be bought at all.")  # fmt: skip
    elif scope.metric in _SHARES and scope.sense is Sense.MAX:
        everybody = set(scope.members) == {one for group in scope.groups for one in group}
        most = scope.limit * len(scope.groups)
        if everybody and most < 1 - NOISE:
            return (f"{_number(100 * scope.limit)} % for each of {len(scope.groups)} comes to "
                    f"{_number(100 * most)} %, so nothing may be bought at all.")  # fmt: skip
    elif scope.metric is Metric.QUANTITY and scope.sense is Sense.MIN:
        for group in scope.groups:
            most = _deliverable(scope, group, problem)
            if scope.limit > most + NOISE * max(1.0, most):
                return (f"at least {_number(scope.limit)} are asked for of {', '.join(group)}, "
                        f"who can deliver {_number(most)} over the horizon.")  # fmt: skip
    return ""


def _deliverable(scope: RuleScope, group: Iterable[str], problem: Problem) -> float:
    """The most that members come to, in the units of the rule, by capacities alone."""
    supply = problem.supply
    weight: dict[tuple[OfferKey, int], float] = defaultdict(float)
    parts: dict[tuple[str, ...], float] = defaultdict(float)
    for member in group:
        for lane, part in scope.members.get(member, {}).items():
            parts[lane] += part
    for lane, t in supply.order_periods:
        if lane in parts:
            offer = (lane[0], lane[1])
            weight[offer, t] = max(weight[offer, t], parts[lane])
    total = 0.0
    for (offer, t), part in weight.items():
        total += part * min(
            supply.offer_capacity.get((offer, t), math.inf),
            math.inf if any(p.supplier == offer[0] for p in problem.projects)
            else supply.supplier_capacity.get((offer[0], t), math.inf),
        )  # fmt: skip
    return total


def _contrary(hard: list[RuleScope], places: dict[str, int]) -> Iterator[_Said]:
    """A least share of some members above the largest share of a list that they are part of."""
    for low in hard:
        for high in hard:
            same = low.metric is high.metric and low.metric in _SHARES and low.total == high.total
            if not (same and low.sense is Sense.MIN and high.sense is Sense.MAX):
                continue
            for few in low.groups:
                if low.limit > high.limit + NOISE and any(
                    set(few) <= set(many) and _same(low, high, few) for many in high.groups
                ):
                    least, most = _number(100 * low.limit), _number(100 * high.limit)
                    text = (f"Rule {low.rule} asks for at least {least} % of {', '.join(few)}, "
                            f"and rule {high.rule} allows at most {most} %, so nothing may be "
                            "bought at all.")  # fmt: skip
                    yield text, [Cell("Rules", places[one.rule], "limit") for one in (low, high)]
                    break


def _same(low: RuleScope, high: RuleScope, members: Iterable[str]) -> bool:
    return all(low.members.get(one) == high.members.get(one) for one in members)


# --- offers ---------------------------------------------------------------------------------------


def _offers(problem: Problem, data: Data) -> Iterator[_Said]:
    """Offers that can never be awarded, because of what they ask for themselves."""
    supply = problem.supply
    periods: dict[OfferKey, set[int]] = defaultdict(set)
    for lane, t in supply.order_periods:
        periods[lane[0], lane[1]].add(t)
    wanted = {item for (item, _, _), _, _ in problem.needs.demand}
    for place, row in enumerate(data.offers):
        key = (row.supplier, row.item)
        if not row.active or (key not in periods and row.item not in wanted):
            continue
        said = f"{row.supplier} can never be awarded {row.item}:"
        if key not in periods:
            text = f"{said} nothing that is ordered of it can arrive within the horizon."
            yield text, _limiting(data, "Offers", place, *_OF_OFFERS)
            continue
        in_period = {t: supply.offer_capacity.get((key, t), math.inf) for t in periods[key]}
        most = min(sum(in_period.values()), supply.max_award.get(key, math.inf))
        least, order = supply.min_award.get(key, 0.0), max(in_period.values())
        if least > most + NOISE * max(1.0, least):
            text = (f"{said} its minimum award is {_number(least)} over the horizon, and it can "
                    f"deliver {_number(most)}.")  # fmt: skip
            yield text, _limiting(data, "Offers", place, "min_award", *_OF_OFFERS)
        if row.min_order > order + NOISE * max(1.0, order):
            text = (f"{said} its minimum order is {_number(row.min_order)}, and at most "
                    f"{_number(order)} can be ordered in a period.")  # fmt: skip
            yield text, _limiting(data, "Offers", place, "min_order", *_OF_OFFERS)


def _number(value: float) -> str:
    return f"{round(value, 6):,.8g}"
