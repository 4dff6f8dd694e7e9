"""Learned: whether a piece of a document says what a question asks."""
