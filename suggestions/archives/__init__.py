"""The file of a case (案卷): one PDF of its cover, list, record and papers."""
