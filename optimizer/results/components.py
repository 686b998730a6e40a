"""The kinds of cost, in the order in which results show them."""

from __future__ import annotations

LANDED = "landed"
COMPONENTS = (
    LANDED,
    "order_cost",
    "holding",
    "late",
    "shortage",
    "overflow",
    "cover",
    "onboarding",
    "fixed",
    "qualification",
    "switching",
    "lane",
    "project",
    "substitution",
    "price_breaks",
    "incentives",
    "relaxation",
)
PENALTIES = frozenset(("late", "shortage", "cover", "relaxation"))
"""What is not paid but stands for what goes wrong; everything else is cash."""
