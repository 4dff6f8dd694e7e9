"""A run as a page and as Markdown: pure, from values to text."""
