"""Evidence to a verified answer, a near miss, or a refusal."""
