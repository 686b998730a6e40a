"""Plans that cost little more than the best, and have least of something that people care about."""
