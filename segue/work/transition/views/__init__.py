"""Pages of month 6."""
