"""What is stored about the person who asks, as one list."""
