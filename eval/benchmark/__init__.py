"""Benchmarks: time and memory of building, starting and asking, ours beside llama-index."""
