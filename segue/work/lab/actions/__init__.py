"""What the pages of the Lab write."""
