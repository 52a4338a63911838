"""Who is here: found by name, place, topic and standing, and how long an MP stays."""
