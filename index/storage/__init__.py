"""Documents and their search structures on disk: whole or not at all."""
