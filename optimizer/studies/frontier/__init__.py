"""What each step of a rule's limit costs, on one loaded model."""
