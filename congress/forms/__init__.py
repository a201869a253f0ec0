"""The forms of the ground pages, by subject."""
