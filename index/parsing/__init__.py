"""The text of a document to its letterhead, clauses and tables. Pure."""
