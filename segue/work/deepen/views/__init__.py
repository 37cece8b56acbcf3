"""The pages of month 5."""
