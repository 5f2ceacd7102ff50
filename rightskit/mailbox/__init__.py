"""Messages from outside -> replies."""
