"""Views of one-time links."""
