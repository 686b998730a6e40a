"""Why there is no plan, or something is short: cells that cannot all hold, and what mends it."""
