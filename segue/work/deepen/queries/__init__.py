"""What the pages of month 5 show."""
