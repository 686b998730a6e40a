"""How far what can only be guessed may move before the plan changes."""
