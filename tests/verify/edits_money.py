"""Edits about tiers, cover, rules, projects, charges, totals and what is shown."""

from __future__ import annotations

from optimizer.contract.goods import Site
from optimizer.contract.policy import Rule
from optimizer.contract.supply import Project
from optimizer.verify import Check
from tests.verify import build, trade
from tests.verify.editing import (
    CASH_CHANGES,
    Edit,
    added,
    both,
    copied,
    dropped,
    facts,
    given,
    table,
)

SOFT, HHI, CHINA = 3, 4, 0

TRADE_CHARGES = (
    "order_cost, A, M, 2025", "order_cost, A, M, 2026", "holding, M, P, 2025",
    "holding, M, P, 2026", "shortage, M, P, 2026", "cover, M, P, 2026", "onboarding, B", "fixed, B",
    "qualification, B, M", "switching, B, M", "lane, P", "relaxation, soft",
)  # fmt: skip
BUILD_CHARGES = (
    "holding, M, Q, 2025", "holding, M, Q, 2026", "late, M, Q, 2025", "late, M, Q, 2026",
    "shortage, M, Q, 2026", "shortage, M, Q, 2026", "overflow, Q, 2026", "substitution",
    "substitution", "project, X", "price_breaks, K, M", "price_breaks, K, N", "incentives, X, M",
)  # fmt: skip


UNTOUCHED = Rule(rule="home", dimension="country", metric="share", sense="max", limit=0.5,
                 element="Sm")  # fmt: skip


def _project(name: str, supplier: str) -> Project:
    """A second project that pays next to nothing, so that only the quantities are wrong."""
    return Project(project=name, supplier=supplier, capacity=12.0, capex=0.0, build_days=365.0,
                   incentive=1e-9)  # fmt: skip


EDITS = (
    # Tiers
    Edit("no such tier", build.plan,
         copied("tiers", 0, from_quantity=31.0, quantity=0.0), ((Check.TIER, "from 31"),)),
    Edit("tier of an offer without breaks", build.plan,
         copied("tiers", 0, supplier="H", quantity=0.0), ((Check.TIER, "M of H"),)),
    Edit("tier quantities", build.plan,
         table("tiers", 1, quantity=4.0),
         ((Check.TIER_QUANTITY, "N of K to Q"), (Check.TIER_FILLING, "N of K from 0"))),
    Edit("part of the volume at the first price", build.plan,
         copied("tiers", 0, from_quantity=0.0, quantity=0.5, discount=0.0),
         ((Check.TIER_QUANTITY, "M of K to Q"), (Check.TIER_REACHED, "M of K from 0"))),
    Edit("tier discount", build.plan,
         table("tiers", 2, discount=1.1), ((Check.TIER_DISCOUNT, "N of K to Q"),)),
    # Cover
    Edit("cover row missing", trade.plan, dropped("cover", 0), ((Check.COVER_ROW, "2025"),)),
    Edit("cover row without a target", trade.plan,
         both(added("sites", Site(site="Z")), copied("cover", 0, site="Z")),
         ((Check.COVER_ROW, "M at Z"),)),
    Edit("cover stock", trade.plan, table("cover", 0, stock=9.0), ((Check.COVER_STOCK, "2025"),)),
    Edit("cover least", trade.plan, table("cover", 0, least=7.0), ((Check.COVER_TARGET, "least"),)),
    Edit("cover most", trade.plan, table("cover", 0, most=9.0), ((Check.COVER_TARGET, "most"),)),
    Edit("cover under", trade.plan, table("cover", 1, under=0.0), ((Check.COVER_GAP, "under"),)),
    Edit("cover over", trade.plan, table("cover", 1, over=1.0), ((Check.COVER_GAP, "over"),)),
    # Rules
    Edit("rule without a row", trade.plan,
         dropped("rule_check", CHINA), ((Check.RULE_ROW, "made in China"),)),
    Edit("member without a row", trade.plan,
         dropped("rule_check", 2), ((Check.RULE_ROW, "refined, JP"),)),
    Edit("row of an inactive rule", trade.plan,
         copied("rule_check", SOFT, rule="off"), ((Check.RULE_ROW, "off"),)),
    Edit("limit", trade.plan, table("rule_check", CHINA, limit=0.95), ((Check.RULE_LIMIT, "CN"),)),
    Edit("sense", trade.plan,
         table("rule_check", CHINA, sense="min"), ((Check.RULE_LIMIT, "sense"),)),
    Edit("metric", trade.plan,
         table("rule_check", CHINA, metric="count"), ((Check.RULE_LIMIT, "metric"),)),
    Edit("actual", trade.plan,
         table("rule_check", CHINA, actual=0.863), ((Check.RULE_ACTUAL, "made in China"),)),
    Edit("actual hhi", trade.plan,
         table("rule_check", HHI, actual=7644.6), ((Check.RULE_ACTUAL, "hhi"),)),
    Edit("slack", trade.plan,
         table("rule_check", CHINA, slack=0.0), ((Check.RULE_SLACK, "made in China"),)),
    Edit("binding", trade.plan,
         table("rule_check", CHINA, binding=True), ((Check.RULE_BINDING, "made in China"),)),
    Edit("not binding", trade.plan,
         table("rule_check", 5, binding=False), ((Check.RULE_BINDING, "two"),)),
    Edit("relaxed", trade.plan,
         table("rule_check", SOFT, relaxed=0.0636), ((Check.RULE_RELAXED, "soft"),)),
    Edit("a hard rule is not relaxed", trade.plan,
         table("rule_check", CHINA, relaxed=0.1), ((Check.RULE_RELAXED, "made in China"),)),
    Edit("relaxed for nothing, but not enough", build.plan,
         table("rule_check", 0, relaxed=0.5), ((Check.RULE_RELAXED, "few"),)),
    Edit("penalty of a rule", trade.plan,
         table("rule_check", SOFT, penalty_cost=55.0), ((Check.RULE_PENALTY, "soft"),)),
    Edit("a rule that nothing can touch has no row", trade.plan,
         added("rules", UNTOUCHED), ((Check.RULE_ROW, "rule home"),)),
    Edit("a rule that nothing can touch", trade.plan,
         both(added("rules", UNTOUCHED),
              copied("rule_check", CHINA, rule="home", limit=0.5, actual=0.0)), ()),
    Edit("a rule that nothing can touch measures something", trade.plan,
         both(added("rules", UNTOUCHED),
              copied("rule_check", CHINA, rule="home", limit=0.5)),
         ((Check.RULE_ACTUAL, "rule home"),)),
    *(Edit(f"rule broken: {name}", trade.plan, given("rules", index, limit=limit),
           ((Check.RULE_BROKEN, name), (Check.RULE_LIMIT, name), (Check.RULE_SLACK, name), *more))
      for name, index, limit, more in (
          ("made in China", 0, 0.86, ()),
          ("hhi", 3, 7644.0, ()),
          ("two", 4, 3.0, ()),
          ("risk", 5, 7.0, ()),
          ("spend", 6, 179.0, ()),
          ("least", 7, 153.0, ()))),
    Edit("rule broken: unknown counts", trade.plan, given("rules", 1, limit=0.96),
         ((Check.RULE_BROKEN, "refined, CN"),
          (Check.RULE_LIMIT, "refined, CN"), (Check.RULE_SLACK, "refined, CN"),
          (Check.RULE_LIMIT, "refined, JP"), (Check.RULE_SLACK, "refined, JP"))),
    Edit("rule broken: per item", trade.plan, given("rules", 8, limit=0.8),
         ((Check.RULE_BROKEN, "per item, A of M"),
          (Check.RULE_LIMIT, "per item, A"), (Check.RULE_SLACK, "per item, A"),
          (Check.RULE_LIMIT, "per item, B"), (Check.RULE_SLACK, "per item, B"))),
    # Projects
    Edit("modules are whole", build.plan,
         table("projects_built", 0, modules=1.5),
         ((Check.MODULES, "X"), (Check.PROJECT_ROW, "capacity"), (Check.PROJECT_ROW, "charged"),
          (Check.CHARGE, "project, X"), (Check.COSTS, "project"), *CASH_CHANGES)),
    Edit("too many modules", build.plan,
         given("projects", 0, max_modules=0), ((Check.MODULES, "X"),)),
    Edit("no such project", build.plan,
         copied("projects_built", 0, project="Y"), ((Check.PROJECT_ROW, "Y"),)),
    *(Edit(f"project: {column}", build.plan, table("projects_built", 0, **{column: value}),
           ((Check.PROJECT_ROW, where),))
      for column, value, where in (
          ("supplier", "K", "supplier"), ("capacity", 11.0, "capacity"),
          ("first_period", 1, "first period"), ("charged", 75.0, "charged"))),
    Edit("two incentives for one delivery", build.plan,
         both(added("projects", _project("Y", "H")),
              copied("incentives", 0, project="Y", quantity=5.0)),
         ((Check.INCENTIVE_DELIVERIES, "M of H from 2026"), (Check.INCENTIVE_CAPACITY, "Y"))),
    Edit("incentive above demand", build.plan,
         both(added("projects", _project("Y", "K")),
              copied("incentives", 0, project="Y", quantity=19.5)),
         ((Check.INCENTIVE_DELIVERIES, "M of K from 2026"), (Check.INCENTIVE_DEMAND, "M from 2026"),
          (Check.INCENTIVE_CAPACITY, "Y"))),
    Edit("incentive above capacity", build.plan,
         given("projects", 0, capacity=10.9),
         ((Check.INCENTIVE_CAPACITY, "X"), (Check.PROJECT_ROW, "capacity"))),
    Edit("incentive above its cap", build.plan,
         given("projects", 0, incentive_cap=43.9), ((Check.INCENTIVE_CAP, "X"),)),
    Edit("incentive of a project without one", build.plan,
         copied("incentives", 0, project="Y", quantity=1.0),
         ((Check.PROJECT_ROW, "M under Y"),)),
    # Charges
    Edit("charge of a supplier without an award", trade.plan,
         table("charges", 6, subject="A"),
         ((Check.CHARGE, "onboarding, A"), (Check.CHARGE, "onboarding, B"))),
    *(Edit(f"charge missing: {place}", plan, dropped("charges", index), ((Check.CHARGE, place),))
      for plan, names in ((trade.plan, TRADE_CHARGES), (build.plan, BUILD_CHARGES))
      for index, place in enumerate(names)),
    Edit("charge twice", trade.plan,
         copied("charges", 10), ((Check.CHARGE, "lane, P"),)),
    Edit("rate of a charge", trade.plan,
         table("charges", 4, rate=171.0),
         ((Check.CHARGE_AMOUNT, "shortage, defence, M, P, 2026"),)),
    Edit("discount factor of a charge", trade.plan,
         table("charges", 4, rate=136.0, discount_factor=1.0),
         ((Check.CHARGE_DISCOUNT, "shortage, defence, M, P, 2026"),)),
    Edit("unknown component", trade.plan,
         copied("charges", 0, component="tips"), ((Check.CHARGE_COMPONENT, "tips"),)),
    # Totals
    *(Edit(f"outcome: {column}", trade.plan, table("outcomes", 0, **{column: 7.0}),
           ((check, "outcome certain"),))
      for column, check in (
          ("cost", Check.OUTCOME_COST), ("cash_cost", Check.OUTCOME_CASH),
          ("penalty_cost", Check.OUTCOME_PENALTY), ("shortage", Check.OUTCOME_SHORTAGE))),
    Edit("objective", trade.plan,
         facts(objective=1366.45, bound=1366.45), ((Check.OBJECTIVE, "the plan"),)),
    Edit("costs", trade.plan,
         facts(costs={**trade.plan().facts.costs, "lane": 0.0}), ((Check.COSTS, "lane"),)),
    Edit("cash cost", trade.plan, facts(cash_cost=1366.44), ((Check.CASH_COST, "the plan"),)),
    Edit("penalty cost", trade.plan, facts(penalty_cost=0.0), ((Check.PENALTY_COST, "the plan"),)),
    Edit("shortage", trade.plan, facts(shortage=0.0), ((Check.SHORTAGE, "the plan"),)),
    Edit("bound above the objective", trade.plan, facts(bound=1367.0),
         ((Check.BOUND, "the plan"),)),
    Edit("gap", build.plan, facts(gap=0.001), ((Check.GAP, "the plan"),)),
    Edit("stock at end", trade.plan, facts(in_stock_at_end=0.0), ((Check.STOCK_AT_END, ""),)),
    Edit("hhi", trade.plan,
         facts(hhi={**trade.plan().facts.hhi, "country": 7644.0}), ((Check.HHI, "country"),)),
    Edit("hhi missing", trade.plan,
         facts(hhi={k: v for k, v in trade.plan().facts.hhi.items() if k != "refining"}),
         ((Check.HHI, "refining"),)),
    # Awards, moves, mix
    Edit("award missing", trade.plan, dropped("awards", 1), ((Check.AWARD_ROW, "M of B"),)),
    *(Edit(f"award: {column}", trade.plan, table("awards", 1, **{column: value}),
           ((Check.AWARD, f"M of B: {column.replace('_', ' ')}"),))
      for column, value in (
          ("award", 13.0), ("volume", 13.0), ("share_of_item", 0.2), ("share_of_weight", 0.2),
          ("today", 1.0), ("spend", 181.0), ("landed_cost", 203.0), ("landed_unit_cost", 16.0),
          ("orders", 2.0), ("first_period", 1), ("country", "CN"), ("licences", "L"))),
    Edit("move missing", trade.plan, dropped("moves", 0), ((Check.MOVE_ROW, "M of A"),)),
    *(Edit(f"move: {column}", trade.plan, table("moves", 0, **{column: value}),
           ((Check.MOVE, f"M of A: {column}"),))
      for column, value in (("today", 71.0), ("plan", 77.0), ("change", 7.0), ("move", "new"))),
    Edit("mix row missing", build.plan, dropped("mix", 4),
         ((Check.MIX_ROW, "country US"), (Check.MIX, "country: all weight with open orders"))),
    Edit("mix of no dimension", build.plan,
         copied("mix", 0, dimension="colour"), ((Check.MIX_ROW, "colour"),)),
    *(Edit(f"mix: {column}", trade.plan, table("mix", 13, **{column: 0.2}),
           ((Check.MIX, f"licence free: {where}"),))
      for column, where in (
          ("weight", "weight"), ("share", "share"), ("spend", "spend"),
          ("spend_share", "spend share"), ("share_with_open", "share with open orders"))),
    Edit("mix with open orders", trade.plan,
         table("mix", 1, weight_with_open=24.0, share_with_open=24 / 206),
         ((Check.MIX, "supplier B: weight with open orders"),
          (Check.MIX, "supplier: all weight with open orders"))),
)  # fmt: skip
