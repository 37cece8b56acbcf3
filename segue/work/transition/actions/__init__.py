"""Writes of month 6."""
