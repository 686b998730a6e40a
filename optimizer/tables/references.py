"""References whose table depends on another cell: members of rules, targets of risks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from optimizer.tables.collect import Findings
from optimizer.tables.columns import Typed
from optimizer.tables.names import Names
from optimizer.tables.nearest import did_you_mean, fold, listed

DIMENSIONS = ("supplier", "group", "country", "region", "licence")

Known = Mapping[str, str]


def resolve_dependent(tables: Mapping[str, Typed], names: Names, findings: Findings) -> None:
    """Spell rules' dimensions, members, families and elements, and risks' targets as declared."""
    members = members_by_dimension(tables, names)
    _rules(tables["Rules"], names, members, findings)
    _risks(tables["Risks"], names, findings)


def members_by_dimension(tables: Mapping[str, Typed], names: Names) -> dict[str, Known]:
    """Dimension -> folded name of each possible member -> its spelling.

    A supplier without a group, and a country without a region, are members by themselves.
    """
    suppliers, countries = tables["Suppliers"].values, tables["Countries"].values
    found: dict[str, Known] = {
        "supplier": names.of("Suppliers.supplier"),
        "country": names.of("Countries.country"),
        "licence": names.of("Licences.licence"),
        "group": _alone_or_together(suppliers["supplier"], suppliers["group"]),
        "region": _alone_or_together(countries["country"], countries["region"]),
    }
    for stage in names.of("Upstream.stage").values():
        found[stage] = names.of("Countries.country")
    return found


def _alone_or_together(alone: Iterable[str], together: Iterable[str | None]) -> Known:
    both = (group or name for name, group in zip(alone, together, strict=True))
    return {fold(name): name for name in both if name}


# Where the members of a dimension are declared; stages have countries as members.
_DECLARED_IN = {
    "supplier": ("Suppliers.supplier",),
    "country": ("Countries.country",),
    "licence": ("Licences.licence",),
    "group": ("Suppliers.supplier", "Suppliers.group"),
    "region": ("Countries.country", "Countries.region"),
}


def _rules(rules: Typed, names: Names, members: Mapping[str, Known], findings: Findings) -> None:
    dimensions = {fold(name): name for name in (*DIMENSIONS, *names.of("Upstream.stage").values())}
    elements = {**names.of("Upstream.element"), **names.of("Composition.element")}
    elements.pop("*", None)
    if "Upstream.stage" not in names.partly:
        _each(rules, "dimension", dimensions, "a dimension or a stage of Upstream", findings)
    if "Items.family" not in names.partly:
        _each(rules, "family", names.of("Items.family"), "a family of Items", findings)
    if not {"Composition.element", "Upstream.element"} & names.partly:
        _each(rules, "element", elements, "an element of Composition", findings)
    for place, (row, dimension) in enumerate(
        zip(rules.rows, rules.values["dimension"], strict=True)
    ):
        given = rules.values["member"][place]
        if [fold(name) for name in given] == ["each"]:
            rules.values["member"][place] = ()
            continue
        known = members.get(dimension)
        if known is None or (row, "dimension") in rules.bad:
            continue
        rules.values["member"][place] = tuple(
            dict.fromkeys(known.get(fold(name), name) for name in given)
        )
        if names.partly & set(_DECLARED_IN.get(dimension, ("Countries.country",))):
            continue
        for name in given:
            if fold(name) not in known:
                _say(rules, row, "member", name, f"a {dimension}", known, findings)


def _each(
    typed: Typed,
    column: str,
    known: Known,
    what: str,
    findings: Findings,
) -> None:
    values = typed.values[column]
    for place, (row, value) in enumerate(zip(typed.rows, values, strict=True)):
        if not value or (row, column) in typed.bad:
            continue
        if fold(value) in known:
            values[place] = known[fold(value)]
        else:
            _say(typed, row, column, value, what, known, findings)


def _say(
    typed: Typed, row: int, column: str, name: str, what: str, known: Known, findings: Findings
) -> None:
    typed.bad.add((row, column))
    hint = did_you_mean(name, known.values())
    several = " Several names are parted by semicolons." if "," in name else ""
    findings.error(
        "unknown-name", typed.sheet, typed.cell(row, column), f"{name!r} is not {what}",
        f"{hint}Use one of: {listed(known.values()) or 'none is declared'}.{several}", name,
    )  # fmt: skip


_SCOPES = {
    "licence": "Licences.licence",
    "supplier": "Suppliers.supplier",
    "country": "Countries.country",
    "item": "Items.item",
    "element": "Composition.element",
}


def _risks(risks: Typed, names: Names, findings: Findings) -> None:
    if {"scope", "target"} & risks.unread:
        return
    targets = risks.values["target"]
    for place, (row, scope) in enumerate(zip(risks.rows, risks.values["scope"], strict=True)):
        target = targets[place]
        if target == "*" or {(row, "scope"), (row, "target")} & risks.bad:
            continue
        if scope == "all":
            risks.bad.add((row, "target"))
            findings.error(
                "target-without-scope", risks.sheet, risks.cell(row, "target"),
                f"scope all reaches everything, so {target!r} has no meaning",
                "Clear the target, or choose the scope that it belongs to.", target,
            )  # fmt: skip
        elif scope == "stage":
            targets[place] = _stage_target(risks, row, target, names, findings)
        elif found := names.match(_SCOPES[scope], target):
            targets[place] = found
        elif _SCOPES[scope] not in names.partly:
            _say(risks, row, "target", target, f"a known {scope}", names.of(_SCOPES[scope]),
                 findings)  # fmt: skip


def _stage_target(risks: Typed, row: int, target: str, names: Names, findings: Findings) -> str:
    stage, colon, country = (part.strip() for part in target.partition(":"))
    known_stages, known_countries = names.of("Upstream.stage"), names.of("Countries.country")
    if not colon or not country:
        risks.bad.add((row, "target"))
        findings.error(
            "stage-target", risks.sheet, risks.cell(row, "target"),
            f"{target!r} does not name a stage and a country",
            "Write it like refining:CN, or refining:* for every country.", target,
        )  # fmt: skip
        return target
    if fold(stage) not in known_stages:
        if "Upstream.stage" not in names.partly:
            _say(risks, row, "target", stage, "a stage of Upstream", known_stages, findings)
        return target
    if country != "*" and fold(country) not in known_countries:
        if "Countries.country" not in names.partly:
            _say(risks, row, "target", country, "a known country", known_countries, findings)
        return target
    return f"{known_stages[fold(stage)]}:{known_countries.get(fold(country), '*')}"
