"""Questions that take more than one solve: what a plan is worth, and what it stands on."""
