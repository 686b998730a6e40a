"""One tiny case, at least, for every constraint; the arithmetic stands beside each."""

from tests.models.case import Case
from tests.models.cases import held, links, ordering, pricing, projects, risk, rules, serving

CASES: tuple[Case, ...] = (
    *ordering.CASES,
    *serving.CASES,
    *held.CASES,
    *links.CASES,
    *pricing.CASES,
    *projects.CASES,
    *rules.CASES,
    *risk.CASES,
)
