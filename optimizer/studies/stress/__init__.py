"""What happens to a plan if one of its sources stops tomorrow."""
