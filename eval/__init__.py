"""Evaluation: QA sets in, figures and a report out, with the engine that is served."""
