"""Pages of the paper forms."""
