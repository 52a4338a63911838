"""A local stand-in for Telegram with phones in the browser: try, rehearse and test without a token."""

from stage.app import DEFAULT_TOKEN, create_app

__all__ = ["DEFAULT_TOKEN", "create_app"]
