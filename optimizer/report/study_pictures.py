"""The charts of a study as plain data: what they show, and the finding in their title."""

from __future__ import annotations

from optimizer.contract.study import Study
from optimizer.report.picture import Picture


def study_pictures(study: Study) -> dict[str, Picture]:
    """Every picture that the study has numbers for, by key."""
    return {}
