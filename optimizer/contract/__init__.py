"""The data contract: what tables, columns and settings there are, for inputs and results."""
