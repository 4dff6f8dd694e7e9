"""How much of a document survives a file format: files are built, read back, and compared."""
