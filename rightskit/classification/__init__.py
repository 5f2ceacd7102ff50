"""Reply -> kinds with evidence."""
