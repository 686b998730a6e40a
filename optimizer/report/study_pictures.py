"""The charts of a study as plain data: what they show, and the finding in their title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from optimizer.contract.study import Study
from optimizer.report.choice_pictures import alternative_pictures, split_pictures
from optimizer.report.explain_pictures import explain_pictures
from optimizer.report.frontier_pictures import frontier_pictures
from optimizer.report.picture import Picture
from optimizer.report.scenario_pictures import scenario_pictures

OF_QUESTION: Mapping[str, Callable[[Study], Iterator[Picture | None]]] = {
    "compare": scenario_pictures,
    "evaluate": split_pictures,
    "alternatives": alternative_pictures,
    "frontier": frontier_pictures,
    "explain": explain_pictures,
}


def study_pictures(study: Study) -> dict[str, Picture]:
    """Every picture that the study has numbers for, by key."""
    return {one.key: one for one in OF_QUESTION[study.question](study) if one is not None}
