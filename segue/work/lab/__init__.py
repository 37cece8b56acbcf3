"""The one door to the Feedback Lab for months 1 and 2, 3 and 5."""
