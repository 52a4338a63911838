"""What everybody may ask for, and what ends by itself."""
