"""Reads of month 6."""
