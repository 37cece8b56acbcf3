"""Writes of month 5."""
