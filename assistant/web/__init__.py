"""The page: a Gradio chat with the cited clauses beside it."""
