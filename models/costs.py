"""What a plan costs: one function per component, each the cost of one outcome.

All are money in base currency, discounted to the start: landed cost at arrival, order cost at the
order, stock and service at their period, first-stage costs undiscounted, price breaks and
incentives as of T.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyomo.environ import quicksum

from models.problem import OfferKey
from models.sums import total, weighted


def in_outcome(m: Any, name: str, w: str) -> list[Any]:
    """The indices of a variable that belong to an outcome (the last part of each)."""
    found: list[Any] = m.ix.by_outcome(name, getattr(m, name)).get(w, [])
    return found


def landed(m: Any, w: str) -> Any:
    r"""Price, freight and duty of what is delivered.

    .. math:: \sum_{l,t} \delta_{a(l,t,w)}\, c_{l,t,w}\, \phi_{o(l),t,w}\, order_{l,t,w}
    """
    p = m.ix.problem
    discount, cost = p.horizon.discount, p.supply.landed
    return weighted(
        (discount[one.arrival - 1] * cost[one.lane, one.t, w] * one.share, m.order[one.order])
        for one in m.ix.deliveries_in.get(w, ())
    )


def order_cost(m: Any, w: str) -> Any:
    r"""Paperwork and licence applications of every order.

    .. math:: \sum_{o,t} \delta_t\, k_o\, placed_{o,t,w}

    Where late orders count pro rata, placed is the part of a full order that is ordered.
    """
    ix, p = m.ix, m.ix.problem
    return quicksum(
        p.horizon.factor(t) * p.supply.order_cost[o] * _placed(m, o, t, ix.decided_in(t, w))
        for o, t in ix.lanes_of_order
        if o in p.supply.order_cost
    )


def _placed(m: Any, o: OfferKey, t: int, w: str) -> Any:
    if not m.ix.is_pro_rata(t):
        return m.placed[(*o, t, w)]
    full = m.ix.full_order(o, t)
    ordered = total(m.order[order] for order in m.ix.orders_of_offer[o, t, w])
    return ordered / full if full > 0 else 0.0


def holding(m: Any, w: str) -> Any:
    r"""Stock at the end of every period.

    .. math:: \sum_{i,s,g,t} \delta_t\, h_i\, stock_{i,s,g,t,w}
    """
    p = m.ix.problem
    cost = p.holdings.holding_cost
    return weighted(
        (p.horizon.factor(t) * cost[shelf[0]], m.stock[(*shelf, t, w)])
        for shelf in m.ix.shelves
        if cost.get(shelf[0])
        for t in p.horizon.numbers
    )


def late(m: Any, w: str) -> Any:
    r"""Demand that is met late, for every period that it is late.

    .. math:: \sum_{i,s,e,t} \delta_t\, b_i\, late_{i,s,e,t,w}
    """
    p = m.ix.problem
    return weighted(
        (p.horizon.factor(t) * p.needs.backlog_cost[i], m.late[i, s, e, t, outcome])
        for i, s, e, t, outcome in in_outcome(m, "late", w)
    )


def shortage(m: Any, w: str) -> Any:
    r"""Demand that is lost; what is late after T is lost too.

    .. math:: \sum_{i,s,e,t} \delta_t\, \pi_i\, shortage_{i,s,e,t,w}
              + \sum_{i,s,e} \delta_T\, \pi_i\, late_{i,s,e,T,w}
    """
    p = m.ix.problem
    last, cost = p.horizon.periods, p.needs.shortage_cost
    lost = weighted(
        (p.horizon.factor(t) * cost[i], m.shortage[i, s, e, t, outcome])
        for i, s, e, t, outcome in in_outcome(m, "shortage", w)
    )
    never = weighted(
        (p.horizon.final * cost[i], m.late[i, s, e, t, outcome])
        for i, s, e, t, outcome in in_outcome(m, "late", w)
        if t == last
    )
    return lost + never


def overflow(m: Any, w: str) -> Any:
    r"""Stock that is kept elsewhere.

    .. math:: \sum_{s,t} \delta_t\, f_s\, overflow_{s,t,w}
    """
    p = m.ix.problem
    return weighted(
        (p.horizon.factor(t) * p.holdings.overflow_cost[s], m.overflow[s, t, outcome])
        for s, t, outcome in in_outcome(m, "overflow", w)
    )


def cover(m: Any, w: str) -> Any:
    r"""Stock below or above its targets.

    .. math:: \sum_{i,s,t} \delta_t\, \rho_{i,s} (cover\_under_{i,s,t,w} + cover\_over_{i,s,t,w})
    """
    p = m.ix.problem
    return weighted(
        (p.horizon.factor(t) * p.holdings.cover_penalty[i, s], missed[i, s, t, outcome])
        for name, missed in (("cover_under", m.cover_under), ("cover_over", m.cover_over))
        for i, s, t, outcome in in_outcome(m, name, w)
    )


def suppliers(m: Any, w: str) -> Any:
    r"""Onboarding and yearly cost of the suppliers that are used.

    .. math:: \sum_k F_k\, use_k
    """
    cost = m.ix.problem.supply.supplier_cost
    return weighted((cost[k], m.use[k]) for k in m.use)


def offers(m: Any, w: str) -> Any:
    r"""Qualification and switching cost of the offers that are awarded.

    .. math:: \sum_o G_o\, awarded_o
    """
    cost = m.ix.problem.supply.offer_cost
    return weighted((cost[o], m.awarded[o]) for o in m.ix.awarded_offers if o in cost)


def lanes(m: Any, w: str) -> Any:
    r"""Approval of sources at sites.

    .. math:: \sum_{r,k,s} A_{r,k,s}\, lane\_used_{r,k,s}
    """
    cost = m.ix.problem.supply.lane_fixed_cost
    return weighted((cost[link], m.lane_used[link]) for link in m.lane_used)


def projects(m: Any, w: str) -> Any:
    r"""Capacity that is built: capex net of subsidy, as far as the horizon uses it up.

    .. math:: \sum_p K_p\, modules_p
    """
    return weighted((m.ix.project_of[n].module_cost, m.modules[n]) for n in m.modules)


def substitution(m: Any, w: str) -> Any:
    r"""Preparing substitutes, and using them.

    .. math:: \sum_n E_n\, substitution\_used_n
              + \sum_{n,s,g,e,t} \delta_t\, u_n\, replace_{n,s,g,e,t,w} / ratio_n
    """
    p, option = m.ix.problem, m.ix.option_of
    prepared = weighted((option[n].fixed_cost, m.substitution_used[n]) for n in m.substitution_used)
    used = weighted(
        (p.horizon.factor(t) * option[n].unit_cost / option[n].ratio, m.replace[n, s, g, e, t, o])
        for n, s, g, e, t, o in in_outcome(m, "replace", w)
        if option[n].unit_cost
    )
    return prepared + used


def price_breaks(m: Any, w: str) -> Any:
    r"""What price tiers save, with the duty on it.

    .. math:: - \delta_T \sum_{l,n} d_{o(l),n}\, s_l\, tier\_volume_{l,n,w}

    d: first price less tier price; s: 1 + duty rate, or 1 where the price includes duty.  Outcomes
    that are priced together have the mean saving of all of them.
    """
    ix, p = m.ix, m.ix.problem
    priced = next(name for name, group in ix.priced_together.items() if w in group)
    return -p.horizon.final * weighted(
        (
            p.pricing.tiers[k, i].tiers[n].discount * p.pricing.discount_scale[k, i, s, mode],
            m.tier_volume[k, i, s, mode, n, outcome],
        )
        for k, i, s, mode, n, outcome in in_outcome(m, "tier_volume", priced)
    )


def incentives(m: Any, w: str) -> Any:
    r"""What schemes pay for deliveries from projects.

    .. math:: - \delta_T \sum_{p,i} incentive_p\, incentivised_{p,i,w}
    """
    p = m.ix.problem
    return -p.horizon.final * weighted(
        (m.ix.project_of[name].incentive, m.incentivised[name, i, outcome])
        for name, i, outcome in in_outcome(m, "incentivised", w)
    )


def relaxations(m: Any, w: str) -> Any:
    r"""What broken soft rules cost.

    .. math:: \sum_{r,G} P_r\, relaxed_{r,G}
    """
    return weighted(
        (m.ix.scope_of[rule, item].penalty, m.relaxed[rule, item, n]) for rule, item, n in m.relaxed
    )


COMPONENTS: tuple[Callable[[Any, str], Any], ...] = (
    landed,
    order_cost,
    holding,
    late,
    shortage,
    overflow,
    cover,
    suppliers,
    offers,
    lanes,
    projects,
    substitution,
    price_breaks,
    incentives,
    relaxations,
)


def cost_of(m: Any, w: str) -> Any:
    """The discounted cost of one outcome: the sum of its components."""
    return quicksum(component(m, w) for component in COMPONENTS)


def expected_cost(m: Any) -> Any:
    r"""The cost that is expected over outcomes.

    .. math:: \sum_w p_w\, C_w
    """
    return quicksum(p * cost_of(m, w) for w, p in m.ix.problem.outcomes.items())
