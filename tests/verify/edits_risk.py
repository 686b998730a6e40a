"""Edits about outcomes, what is known when, contracts under risk, and licences."""

from __future__ import annotations

import dataclasses

from optimizer.contract.plan import Spread
from optimizer.contract.policy import RiskEffect
from optimizer.verify import Check
from tests.verify import licence
from tests.verify.editing import Edit, Found, added, both, copied, dropped, facts, given, settings
from tests.verify.editing import table as edited

REFUSED, BOOM, NOTHING = 0, 1, 2
COST_A2_NOTHING, COST_B2_NOTHING = 7, 10


def _risk(name: str, result: str, probability: float, **effect: float) -> RiskEffect:
    """Another risk, of whose effects nothing can be seen in the plan."""
    scope, target = ("element", "Tb") if "price_add" in effect else ("supplier", "B")
    return RiskEffect(risk=name, result=result, probability=probability, scope=scope,
                      target=target, **effect)  # fmt: skip


def _off(spread: Spread, name: str) -> Spread:
    return dataclasses.replace(spread, **{name: getattr(spread, name) + 0.25})


def _costs(outcome: str, *, expected_too: bool = True) -> tuple[Found, ...]:
    found = (
        (Check.OUTCOME_COST, f"outcome {outcome}"), (Check.OUTCOME_CASH, f"outcome {outcome}"),
        (Check.COSTS, "order_cost"), (Check.CASH_COST, "the plan"), (Check.OBJECTIVE, "the plan"),
        (Check.SPREAD, "expected"),
    )  # fmt: skip
    return found if expected_too else found[:2]


EDITS = (
    # Outcomes
    Edit("what happens is no result", licence.plan,
         edited("outcomes", REFUSED, happens="future: bust"),
         ((Check.HAPPENS, "outcome refused"),)),
    Edit("what happens is a result that does nothing", licence.plan,
         both(added("risks", _risk("other", "idle", 1.0)),
              edited("outcomes", NOTHING, happens="other: idle")),
         ((Check.HAPPENS, "outcome nothing happens"),)),
    Edit("probability of an outcome", licence.plan,
         given("risks", 1, probability=0.2),
         ((Check.PROBABILITY, "outcome boom"), (Check.PROBABILITY, "outcome nothing happens"))),
    Edit("name of an outcome", licence.plan,
         added("risks", _risk("other", "refused", 0.0)),
         ((Check.OUTCOME_NAME, "outcome refused"),)),
    Edit("stands for", licence.plan,
         edited("outcomes", NOTHING, stands_for=2), ((Check.STANDS_FOR, "nothing happens"),)),
    Edit("two ways to nothing", licence.plan,
         added("risks", _risk("other", "idle", 0.3)),
         ((Check.STANDS_FOR, "refused"), (Check.STANDS_FOR, "boom"),
          (Check.STANDS_FOR, "nothing happens"))),
    Edit("likeliest combination", licence.plan,
         both(added("risks", RiskEffect(risk="future", result="denied", probability=0.15,
                                        scope="licence", target="L", deliverable=0.0)),
              given("risks", 0, probability=0.1), edited("outcomes", REFUSED, stands_for=2)),
         ((Check.LIKELIEST, "outcome refused"),)),
    Edit("an outcome is missing", licence.plan,
         both(given("risks", 1, probability=0.2),
              added("risks", RiskEffect(risk="future", result="gone", probability=0.05,
                                        scope="supplier", target="B", deliverable=0.0))),
         ((Check.PROBABILITY, "outcome boom"),)),
    Edit("too many outcomes", licence.plan,
         settings(max_outcomes=2), ((Check.SAMPLE, "all outcomes"),)),
    Edit("the worst combination is not in the sample", licence.plan,
         both(settings(max_outcomes=3),
              added("risks", RiskEffect(risk="other", result="fire", probability=0.1,
                                        scope="supplier", target="B", deliverable=0.0))),
         ((Check.SAMPLE, "the worst combination"),)),
    Edit("the worst combination with the sample's share", licence.plan,
         both(settings(max_outcomes=3),
              added("risks", _risk("other", "tax", 0.5, price_add=1.0))),
         ((Check.PROBABILITY, "outcome refused"),)),
    # What is known when
    Edit("known just less than a period and a half later", licence.plan,
         settings(reveal_days=547.0), ()),
    Edit("orders that know the refusal too early", licence.plan,
         settings(reveal_days=548.0),
         ((Check.FORESIGHT, "M of A to P by standard in 2026"),
          (Check.FORESIGHT, "M of B to P by standard in 2026"),
          (Check.TREE, "from 2026"))),
    Edit("outcomes that stand together too long", licence.plan,
         both(dropped("tree", 2), edited("tree", 1, outcomes="refused; boom; nothing happens",
                                         probability=1.0)),
         ((Check.TREE, "from 2026"),)),
    Edit("no tree", licence.plan,
         both(dropped("tree", 2), dropped("tree", 1), dropped("tree", 0)),
         ((Check.TREE, "from 2025"), (Check.TREE, "from 2026"))),
    Edit("an unknown outcome in the tree", licence.plan,
         edited("tree", 0, outcomes="refused; boom; nothing happens; war"),
         ((Check.TREE, "group 1 from 2025: outcomes"),)),
    Edit("probability of a group", licence.plan,
         edited("tree", 2, probability=0.5), ((Check.TREE, "group 2 from 2026: probability"),)),
    Edit("what a group knows", licence.plan,
         edited("tree", 1, known=""), ((Check.TREE, "group 1 from 2026: known"),)),
    # Contracts
    Edit("too little is called off", licence.plan,
         given("offers", 1, call_off_min=0.9),
         ((Check.CALL_OFF_MIN, "M of B, outcome boom"),
          (Check.CALL_OFF_MIN, "M of B, outcome nothing happens"))),
    Edit("call-off of the settings", licence.plan,
         settings(call_off_min=0.9),
         ((Check.CALL_OFF_MIN, "M of B, outcome boom"),
          (Check.CALL_OFF_MIN, "M of B, outcome nothing happens"))),
    Edit("nothing is owed where an effect takes deliveries", licence.plan,
         given("offers", 0, call_off_min=1.0), ()),
    Edit("too much is called off", licence.plan,
         given("offers", 1, call_off_max=1.3), ((Check.CALL_OFF_MAX, "M of B, outcome refused"),)),
    Edit("call-off of the settings at most", licence.plan,
         settings(call_off_max=1.14),
         ((Check.CALL_OFF_MAX, "M of A, outcome boom"),
          (Check.CALL_OFF_MAX, "M of A, outcome nothing happens"),
          (Check.CALL_OFF_MAX, "M of B, outcome refused"))),
    Edit("overbooking", licence.plan,
         settings(overbooking=0.49), ((Check.OVERBOOKING, "M"),)),
    # Orders that are spread over the quantity
    Edit("an order below the minimum", licence.plan,
         given("offers", 1, min_order=31.0),
         tuple((Check.MINIMUM_ORDER, f"M of B in {year}, outcome {w}")
               for year in (2025, 2026) for w in licence.OUTCOMES
               if (year, w) != (2026, "refused"))),
    Edit("a share above what is ordered", licence.pro_rata,
         given("offers", 1, min_order=61.0),
         (*((Check.MINIMUM_ORDER, f"M of B in 2025, outcome {w}") for w in licence.OUTCOMES),
          *((Check.ORDER_SHARE, f"M of B in 2026, outcome {w}: ordered")
            for w in licence.OUTCOMES))),
    Edit("a share too small for what is ordered", licence.pro_rata,
         given("offers", 1, capacity=59.0),
         ((Check.ORDER_SHARE, "M of B in 2026, outcome boom"),
          (Check.ORDER_SHARE, "M of B in 2026, outcome nothing happens"),
          (Check.ORDER_SHARE, "M of B in 2026, outcome refused"),
          (Check.OFFER_CAPACITY, "M of B in 2026, outcome refused"))),
    Edit("a share above one", licence.pro_rata,
         edited("charges", COST_A2_NOTHING, quantity=1.5, amount=6.0),
         ((Check.ORDER_SHARE, "M of A in 2026, outcome nothing happens"),
          *_costs("nothing happens"))),
    Edit("an order that is not charged", licence.pro_rata,
         dropped("charges", COST_B2_NOTHING),
         ((Check.ORDER_SHARE, "M of B in 2026, outcome nothing happens"),
          *_costs("nothing happens"))),
    Edit("shares where orders are not spread", licence.pro_rata,
         settings(late_orders="exact"),
         ((Check.CHARGE, "order_cost, B, M, 2026, outcome boom"),
          (Check.CHARGE, "order_cost, B, M, 2026, outcome nothing happens"),
          *_costs("boom", expected_too=False), *_costs("nothing happens"),
          (Check.SPREAD, "cvar"))),
    # The spread
    *(Edit(f"spread: {name}", licence.plan,
           lambda plan, name=name: facts(spread=_off(plan.facts.spread, name))(plan),
           ((Check.SPREAD, place),))
      for name, place in (
          ("expected", "expected"), ("cvar", "cvar"), ("worst_case", "worst case"),
          ("shortage", "shortage"), ("shortage_chance", "chance of a shortage"))),
    # Licences
    Edit("exposure without a row", licence.plan,
         dropped("licence_exposure", 0), ((Check.EXPOSURE_ROW, "M under L"),)),
    *(Edit(f"exposure: {column}", licence.plan,
           edited("licence_exposure", 0, **{column: 91.0}), ((Check.EXPOSURE, f"M under L: {at}"),))
      for column, at in (
          ("ordered", "ordered"), ("delivered", "delivered"), ("delivered_at_worst", "at worst"),
          ("money", "money"), ("money_at_worst", "money at worst"))),
    Edit("exposure: worst outcome", licence.plan,
         edited("licence_exposure", 0, worst_outcome="boom", money_at_worst=1200.0),
         ((Check.EXPOSURE, "M under L: in the worst outcome"),)),
    Edit("exposure under a licence that nothing needs", licence.plan,
         copied("licence_exposure", 0, licence="K", delivered=0.0, money=0.0),
         ((Check.EXPOSURE, "M under K: ordered"),)),
    Edit("a worst outcome that is none", licence.plan,
         edited("licence_use", 0, worst_outcome="war"),
         ((Check.NAMES, "Licence use: worst_outcome war"),)),
    Edit("use without a row", licence.plan,
         dropped("licence_use", 0), ((Check.LICENCE_USE_ROW, "M for general under L"),)),
    *(Edit(f"use: {column}", licence.plan, edited("licence_use", 0, **{column: 0.9}),
           ((Check.LICENCE_USE, f"M for general under L: {at}"),))
      for column, at in (("demand", "demand"), ("served", "served"), ("share", "share"),
                         ("served_at_worst", "at worst"))),
    Edit("use: worst outcome", licence.plan,
         edited("licence_use", 0, worst_outcome="boom"),
         ((Check.LICENCE_USE, "M for general under L: in the worst outcome"),)),
)  # fmt: skip
