"""What the pages of the Lab read."""
