"""What the parties are asked, when, what they answer and note, and what reaches the other of it."""
