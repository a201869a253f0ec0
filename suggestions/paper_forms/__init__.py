"""Paper forms of a case: filled from the record, as Word documents and as pages to print."""
