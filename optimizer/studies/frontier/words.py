"""A frontier in sentences: what a point costs and from where on, and where it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from optimizer.contract.data import Data
from optimizer.contract.study import Figure
from optimizer.studies.frontier.curve import Curve, Shape
from optimizer.studies.frontier.knee import DEARER
from optimizer.studies.frontier.sweep import POINTS, Sweep, limit_text

_SHOWN = 12
_SURE = 0.25
_POINTS = ("share", "spend_share", "hhi", "risk")


def answer(curves: Sequence[Curve], data: Data) -> str:
    """What the loosest curve says, in one sentence."""
    return _sentence(curves[0], data)


def sentences(curves: Sequence[Curve], data: Data) -> tuple[str, ...]:
    """What the other curves say, where each bends, and what became of a rule's penalty."""
    return (*_others(curves, data), *_knees(curves, data), *_soft(curves[0].sweep, data))


def attention(curves: Sequence[Curve], data: Data) -> tuple[str, ...]:
    """What was not proven, and which steps have no plan for want of time."""
    return (*_unproven(curves, data), *_unfinished(curves))


def figures(curves: Sequence[Curve], data: Data) -> tuple[Figure, ...]:
    """The key figures of the loosest curve."""
    return tuple(_figures(curves[0], data))


def _sentence(curve: Curve, data: Data) -> str:
    said = _alone(curve, data)
    if not curve.name:
        return said
    if said.startswith(("Each ", "No ")):
        said = f"{said[:1].lower()}{said[1:]}"
    name = curve.name if curve.name.startswith("without ") else f"with {curve.name}"
    return f"{name[:1].upper()}{name[1:]}, {said}"


def _alone(curve: Curve, data: Data) -> str:
    """What a curve says, its name left aside."""
    name, shape = curve.sweep.rule.rule, curve.shape
    if shape is None:
        sought = "is possible" if curve.impossible == 0 else "was found in time"
        return f"No plan {sought} at any of these limits of {name}."
    if shape.last == shape.first:
        cost = _money(curve.points[shape.first].cost, data)
        said = f"{name} at {_limit(curve, shape.first)} costs {cost}"
    elif shape.flat == shape.last:
        said = f"{name} costs nothing {_to(curve)} {_limit(curve, shape.last)}"
    else:
        said = _rising(curve, shape, data)
    return f"{said}{_ending(curve)}."


def _rising(curve: Curve, shape: Shape, data: Data) -> str:
    """What a point costs, in one or two rates."""
    to, last = _to(curve), _limit(curve, shape.last)
    each = f"Each {_noun(curve.sweep, data)} of {curve.sweep.rule.rule}"
    free = curve.sweep.limits[shape.flat]
    start = each if free is None else f"{each} {_beyond(curve)} {_limit(curve, shape.flat)}"
    start = f"{start} costs"
    if shape.knee is None:
        return f"{start} {_rate(curve, shape.flat, shape.last, data)} {to} {last}"
    here = _rate(curve, shape.flat, shape.knee, data)
    there = _rate(curve, shape.knee, shape.last, data)
    return f"{start} {here} {to} {_limit(curve, shape.knee)}, from there {to} {last} {there}"


def _ending(curve: Curve) -> str:
    k = curve.impossible
    if k is None:
        return ""
    limit = _limit(curve, k)
    if curve.end is not None:
        limit = limit_text(curve.sweep.rule, curve.end.impossible)
    return f"; at {limit} and {_beyond(curve)} it is impossible"


def _beyond(curve: Curve) -> str:
    return "below" if curve.sweep.rule.sense == "max" else "above"


def _to(curve: Curve) -> str:
    return "down to" if curve.sweep.rule.sense == "max" else "up to"


def _others(curves: Sequence[Curve], data: Data) -> Iterator[str]:
    for curve in curves[1:_SHOWN]:
        said = _sentence(curve, data)
        yield f"{said}{_dearer(curves[0], curve, data)}"
    if len(curves) > _SHOWN:
        yield f"{len(curves) - _SHOWN} further curves are in the table Frontier."


def _dearer(loosest: Curve, curve: Curve, data: Data) -> str:
    """How much further the curve lies above the loosest one where both have plans."""
    pairs = zip(loosest.points, curve.points, strict=True)
    over = [there.cost - here.cost for here, there in pairs if here.plan and there.plan]
    if not over:
        return ""
    least, most = (_money(max(0.0, one), data) for one in (min(over), max(over)))
    between = least if least == most else f"{least} to {most}"
    return f" It lies {between} above the loosest curve."


def _knees(curves: Sequence[Curve], data: Data) -> Iterator[str]:
    bends = [(curve, curve.shape.knee) for curve in curves if curve.shape]
    said = [
        _limit(curve, knee) + (f" ({curve.name})" if curve.name else "")
        for curve, knee in bends
        if knee is not None
    ]
    if said:
        yield (
            f"The knee is at {', '.join(said[:_SHOWN])}: of the steps that cost something, the one "
            f"furthest below a straight line from the first to the last; from it on a "
            f"{_noun(curves[0].sweep, data)} costs at least {DEARER:g} times as much as before."
        )


def _soft(sweep: Sweep, data: Data) -> Iterator[str]:
    if sweep.rule.penalty is not None and sweep.rule.metric != "hhi":
        price, each = _money(sweep.rule.penalty, data), "whole unit of the metric"
        if sweep.of_share:
            price, each = _money(sweep.rule.penalty / POINTS, data), "point"
        yield (
            f"{sweep.rule.rule} is a goal and keeps its penalty: a limit may be missed at {price} "
            f"for each {each}, which is part of the cost."
        )


def _unproven(curves: Sequence[Curve], data: Data) -> Iterator[str]:
    for curve in curves:
        plans = [point for point in curve.points if point.plan]
        if curve.shape is None or curve.shape.flat == curve.shape.last:
            continue
        rise = plans[-1].cost - plans[0].cost
        slack = max(point.cost - point.bound for point in plans)
        if slack > _SURE * rise:
            where = f" of the curve {curve.name}" if curve.name else ""
            yield (
                f"Each cost{where} may be up to {_money(slack, data)} above the least possible, "
                f"and the whole rise is {_money(rise, data)}: what single steps cost is as found, "
                "not proven. A smaller gap (Settings gap, or --gap) tells more."
            )


def _unfinished(curves: Sequence[Curve]) -> Iterator[str]:
    missing = [
        f"{curve.name}, {_limit(curve, k)}" if curve.name else _limit(curve, k)
        for curve in curves
        for k, point in enumerate(curve.points)
        if point.status in ("limit", "stopped", "interrupted", "time_limit")
    ]
    if missing:
        shown = "; ".join(missing[:_SHOWN]) + ("; ..." if len(missing) > _SHOWN else "")
        yield f"Not solved to the gap in time: {shown}. More time may help (--time-limit)."


def _figures(curve: Curve, data: Data) -> Iterator[Figure]:
    sweep, shape = curve.sweep, curve.shape
    if shape is None:
        return
    name, each = sweep.rule.rule, f"Each {_noun(sweep, data)}"
    first, flat, last = (_limit(curve, k) for k in (shape.first, shape.flat, shape.last))
    beside = f"the loosest limit of {name}" + (f", {curve.name}" if curve.name else "")
    yield Figure(f"Cost at {first}", curve.points[shape.first].cost, "spend", beside)
    if shape.last == shape.first:
        return
    cost = curve.points[shape.last].cost
    yield Figure(f"Cost at {last}", cost, "spend", "the tightest limit that has a plan")
    middle = shape.last if shape.knee is None else shape.knee
    rate = curve.rate(shape.flat, middle)
    if middle != shape.flat and rate is not None:
        yield Figure(f"{each} from {flat} to {_limit(curve, middle)}", rate, "spend", "as found")
    rate = curve.rate(middle, shape.last)
    if middle != shape.last and rate is not None:
        beside = "as found, from the knee on"
        yield Figure(f"{each} from {_limit(curve, middle)} to {last}", rate, "spend", beside)
    if curve.impossible is not None:
        limit = curve.end.impossible if curve.end else sweep.limits[curve.impossible]
        if limit is not None:
            beside = f"no plan keeps {name} at that or tighter"
            yield Figure("Impossible from", limit, sweep.rule.metric, beside)


def _limit(curve: Curve, k: int) -> str:
    limit = curve.sweep.limits[k]
    return "no limit" if limit is None else limit_text(curve.sweep.rule, limit)


def _rate(curve: Curve, start: int, stop: int, data: Data) -> str:
    rate = curve.rate(start, stop)
    if rate is None:
        return f"{_money(curve.points[stop].cost - curve.points[start].cost, data)} in all"
    return _money(rate, data)


def _noun(sweep: Sweep, data: Data) -> str:
    """What one step of a limit by 1 is called."""
    metric = sweep.rule.metric
    if metric in _POINTS:
        return "point"
    return {"spend": data.settings.currency, "quantity": data.settings.unit}.get(metric, "member")


def _money(amount: float, data: Data) -> str:
    """To three figures: ``0.214 m USD``, ``41.2 m USD``."""
    size, currency = abs(amount), data.settings.currency
    if size >= 1e9:
        return f"{amount / 1e6:,.0f} m {currency}"
    if size >= 1e5:
        return f"{amount / 1e6:.3g} m {currency}"
    plain = size >= 100 or amount == round(amount)
    return f"{amount:,.0f} {currency}" if plain else f"{amount:.3g} {currency}"
