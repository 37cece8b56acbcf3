"""Writes of month 3."""
