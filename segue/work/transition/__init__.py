"""Month 6: what the months produced becomes papers that open doors, and an honest answer to “am I ready?”."""
