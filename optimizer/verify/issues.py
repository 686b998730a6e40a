"""What is used for what: end uses, substitutions and their shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.results import Issue
from optimizer.verify.case import Case
from optimizer.verify.licensing import class_of
from optimizer.verify.needs import Use
from optimizer.verify.violation import Check, Violation, at_most, same, words


def check_issues(case: Case) -> Iterator[Violation]:
    """No class serves an end use that its licences ban; substitutes need a row that holds."""
    for issue in case.tables.issues:
        place = _place(case, issue)
        if issue.quantity > case.tolerance.quantity:
            if case.licensing.banned(class_of(issue.licences), issue.end_use):
                yield words(Check.BANNED, place, "no banned end use", issue.licences)
            yield from _substitution(case, issue, place)
        yield from same(
            Check.SERVES, place, _serves(case, issue), issue.serves, case.tolerance.quantity
        )


def check_substitution_shares(case: Case) -> Iterator[Violation]:
    """Each substitution replaces at most its share of each demand."""
    replaced: defaultdict[tuple[str, Use, str, int], float] = defaultdict(float)
    for issue in case.tables.issues:
        if issue.used_item != issue.item:
            use = (issue.item, issue.site, issue.end_use)
            replaced[issue.outcome, use, issue.used_item, issue.period] += _serves(case, issue)
    for (outcome, use, substitute, period), quantity in replaced.items():
        row = case.needs.substitution(use[0], substitute, use[1])
        if row is None:
            continue
        limit = row.max_share * case.needs.of_use(use, period, case.worlds[outcome])
        place = (
            f"{substitute} for {use[0]} at {use[1]} for {use[2]} in {case.clock.name(period)}, "
            f"outcome {outcome}"
        )
        tolerance = case.tolerance.quantity
        yield from at_most(Check.SUBSTITUTION_SHARE, place, limit, quantity, tolerance)


def _serves(case: Case, issue: Issue) -> float:
    if issue.used_item == issue.item:
        return issue.quantity
    row = case.needs.substitution(issue.item, issue.used_item, issue.site)
    return issue.quantity / (row.ratio if row else 1.0)


def _substitution(case: Case, issue: Issue, place: str) -> Iterator[Violation]:
    if issue.used_item == issue.item:
        return
    row = case.needs.substitution(issue.item, issue.used_item, issue.site)
    if row is None:
        yield words(Check.SUBSTITUTION, place, "a row in Substitutions", "no row")
    elif issue.period < row.from_period:
        begins = f"from {case.clock.name(row.from_period)}"
        yield words(Check.SUBSTITUTION, place, begins, case.clock.name(issue.period))


def _place(case: Case, issue: Issue) -> str:
    return (
        f"{issue.used_item} ({issue.licences}) for {issue.item} at {issue.site} for "
        f"{issue.end_use} in {case.clock.name(issue.period)}, outcome {issue.outcome}"
    )
