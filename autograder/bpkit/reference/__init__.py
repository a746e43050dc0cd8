"""What is right: recorded from PyTorch, kept in a pack."""
