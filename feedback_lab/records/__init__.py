"""Frozen results: what each step hands on. They hold plain values, so they can be written as JSON and sent between processes."""
