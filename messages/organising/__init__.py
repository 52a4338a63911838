"""The messages of the organisers' desk."""
