"""What happens to a pledge: until both have agreed, and after."""
