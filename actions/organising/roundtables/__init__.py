"""Round tables: three to eight people of one topic, each after a yes."""
