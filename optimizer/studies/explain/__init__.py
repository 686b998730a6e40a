"""What each decision costs: rules, offers and suppliers that lose, projects, the next unit."""
