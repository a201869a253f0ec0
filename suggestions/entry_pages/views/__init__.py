"""Views of the pages on which suggestions are typed in."""
