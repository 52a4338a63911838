"""The organisers' desk: workshops, roles, broadcasts, rounds."""
