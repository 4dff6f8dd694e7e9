"""A question to a cited answer, or an honest no."""
