"""Checks of rules one by one: whether the cells of a rule make sense together."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.contract.findings import Finding
from optimizer.contract.policy import Rule
from optimizer.tables.checks.context import Checked
from optimizer.tables.references import DIMENSIONS

SHARES = ("share", "spend_share")


def _rules(checked: Checked, *columns: str) -> list[Rule]:
    return checked.sound("Rules", checked.data.rules, *columns)


def limit_of_metric(checked: Checked) -> Iterator[Finding]:
    """A limit that its metric cannot have."""
    for rule in _rules(checked, "metric", "limit"):
        place, limit = ("Rules", rule.row, "limit"), rule.limit
        if rule.metric in SHARES and limit > 1:
            meant = f"Did you mean {limit:g} %? " if limit <= 100 else ""
            yield checked.error(
                "limit-above-one", place, f"a {rule.metric} is 0 to 1, and the limit is {limit:g}",
                f"{meant}Write {limit / 100:g}, or {limit:g}% in the cell."
                if limit <= 100 else "Write a number from 0 to 1.", limit,
            )  # fmt: skip
        elif rule.metric == "hhi" and limit <= 1:
            meant = f"Did you mean {limit * 10_000:g}? " if limit else ""
            yield checked.error(
                "limit-of-hhi", place,
                f"hhi is in points up to 10,000, and the limit is {limit:g}",
                f"{meant}One member alone has 10,000 points, ten equal ones 1,000.", limit,
            )  # fmt: skip
        elif rule.metric == "count" and limit != int(limit):
            yield checked.error(
                "not-whole", place, f"a count is a whole number, and the limit is {limit:g}",
                "Round it.", limit,
            )  # fmt: skip
        elif (rule.metric == "hhi" and limit >= 10_000) or (rule.metric == "risk" and limit >= 10):
            yield checked.warning(
                "limit-never-binds", place,
                f"{rule.metric} cannot exceed {10_000 if rule.metric == 'hhi' else 10}, so the "
                "rule changes nothing", "Lower the limit, or remove the rule.", limit,
            )  # fmt: skip


def parts_of_metric(checked: Checked) -> Iterator[Finding]:
    """Cells that a metric cannot have: a minimum of hhi or risk, their members, and so on."""
    for rule in _rules(checked, "metric"):
        if rule.metric in ("hhi", "risk"):
            if rule.sense == "min":
                yield _wrong(checked, rule, "sense", f"{rule.metric} can only have a maximum",
                             "Write max.")  # fmt: skip
            if rule.member:
                yield _wrong(checked, rule, "member", f"{rule.metric} is about all members "
                             "together, so it has no member", "Clear the member.")  # fmt: skip
        if rule.metric == "hhi":
            if rule.penalty is not None:
                yield _wrong(checked, rule, "penalty", "a rule on hhi always holds, so it has no "
                             "penalty", "Clear the penalty.")  # fmt: skip
            if rule.dimension == "licence":
                yield _wrong(checked, rule, "dimension", "goods may need several licences, so "
                             "licences have no hhi", "Choose another dimension.")  # fmt: skip
        if rule.metric in ("spend", "spend_share") and rule.element:
            yield _wrong(checked, rule, "element", f"{rule.metric} is not split by the mass of an "
                         "element", "Clear the element, or use share or quantity.")  # fmt: skip
        if rule.dimension == "licence" and rule.licensed is False:
            yield _wrong(checked, rule, "licensed", "goods that need no licence have none to "
                         "group by", "Clear the cell, or choose another dimension.")  # fmt: skip


def _wrong(checked: Checked, rule: Rule, column: str, message: str, remedy: str) -> Finding:
    value = getattr(rule, column)
    said = ";".join(value) if isinstance(value, tuple) else value
    return checked.error("rule-unclear", ("Rules", rule.row, column), message, remedy, said)


def scope_names_nobody(checked: Checked) -> Iterator[Finding]:
    """Filters of a rule that no item passes."""
    if not (checked.whole("Items", "item", "family")
            and checked.whole("Composition", "item", "element")):  # fmt: skip
        return
    families = {item.item: item.family for item in checked.data.items}
    holds = {(row.item, row.element) for row in checked.data.composition}
    elements = {row.element for row in checked.data.composition}
    for rule in _rules(checked, "item", "family", "element", "dimension"):
        items = [
            item
            for item, family in families.items()
            if rule.item in (None, item) and rule.family in (None, family)
        ]
        if rule.family and not items:
            yield _nobody(checked, rule, "family",
                          f"{rule.item} is not of the family {rule.family}")  # fmt: skip
        elif rule.element in elements and not any((item, rule.element) in holds for item in items):
            yield _nobody(checked, rule, "element",
                          f"no item of the rule holds {rule.element}")  # fmt: skip


def element_outside_stage(checked: Checked) -> Iterator[Finding]:
    """A rule on a stage and an element that has no origin at that stage."""
    known = {(row.stage, row.element) for row in checked.data.upstream}
    if not checked.whole("Upstream", "stage", "element"):
        return
    for rule in _rules(checked, "dimension", "element"):
        if rule.dimension in DIMENSIONS or rule.element is None:
            continue
        if not {(rule.dimension, rule.element), (rule.dimension, "*")} & known:
            text = f"Upstream has no row of {rule.element} at the stage {rule.dimension}"
            yield _nobody(checked, rule, "element", text)


def _nobody(checked: Checked, rule: Rule, column: str, message: str) -> Finding:
    return checked.error("names-nobody", ("Rules", rule.row, column),
                         f"the rule names nobody: {message}", "Correct the rule, or remove it.",
                         getattr(rule, column))  # fmt: skip
