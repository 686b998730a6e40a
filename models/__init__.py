"""The mathematics: from a frozen problem to a Pyomo model and back to a frozen solution."""
