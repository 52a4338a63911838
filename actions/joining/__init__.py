"""Coming in: welcome, consents, the profile."""
