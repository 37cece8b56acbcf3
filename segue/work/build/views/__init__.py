"""The pages of month 3."""
