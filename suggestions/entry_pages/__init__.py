"""The pages on which suggestions that came on paper, or as pasted text, are typed in."""
