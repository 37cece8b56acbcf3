"""What follows from the answers of each sort of sheet."""
