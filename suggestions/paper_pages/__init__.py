"""Pages of the papers of a case, and of the files (案卷) that are made of them."""
