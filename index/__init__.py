"""Documents to searchable clauses, and a query to hits. Knows nothing of answers."""
