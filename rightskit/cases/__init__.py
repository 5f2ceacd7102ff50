"""Events, matching, deadlines and status: pure, no storage."""
