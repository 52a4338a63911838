"""What the wall in the hall shows, and what organisers let through to it."""
