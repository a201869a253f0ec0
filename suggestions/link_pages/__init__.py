"""Pages behind one-time links, and the page on which the office hands them out."""
