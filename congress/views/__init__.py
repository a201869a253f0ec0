"""The pages of the ground, by subject."""
