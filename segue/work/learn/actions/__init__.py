"""What the pages of months 1 and 2 write."""
