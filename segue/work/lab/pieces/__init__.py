"""Evidence from the Lab: figures as they are, and room for what no run can say."""
