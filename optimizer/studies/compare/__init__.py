"""Scenarios side by side, and each plan in the worlds of the others: regret."""
