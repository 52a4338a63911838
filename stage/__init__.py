"""A local stand-in for Telegram with phones in the browser: try, rehearse and test without a token."""
