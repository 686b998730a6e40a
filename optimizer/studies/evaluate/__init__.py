"""A split that somebody else decided: priced, checked and set beside the best plan."""
