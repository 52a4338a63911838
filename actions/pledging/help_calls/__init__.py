"""Where a pledge is stuck: what blocks it, and who could help."""
