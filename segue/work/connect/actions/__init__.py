"""Writes of month 4, by what they are about."""
