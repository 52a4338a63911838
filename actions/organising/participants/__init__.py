"""Who is here: found by name, topic, place and state, and how long a member of parliament stays."""
