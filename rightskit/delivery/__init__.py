"""Letter -> sent: outbox folder, print bundle, and later SMTP and kits."""
