"""Training for the page: a session that advances in slices, its engines, their comparison."""
