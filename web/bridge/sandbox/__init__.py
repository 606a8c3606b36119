"""What contains a learner's code: its output, its end, its depth, and what it bent."""
