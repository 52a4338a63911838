"""The organisers' desk: workshops, roles, announcements, rounds."""
