"""One module per verb: reads the vault, calls the rooms, records what happened; no printing."""
