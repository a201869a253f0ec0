"""Pages about deputies."""
