"""What the pages of month 3 show."""
