"""Views of the deputy's pages."""
