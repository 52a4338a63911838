"""The words of the organisers' desk."""
