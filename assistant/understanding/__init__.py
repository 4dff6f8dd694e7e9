"""What a question asks for, of which documents, and after which other question."""
