"""Opening what comes from outside, with limits."""
