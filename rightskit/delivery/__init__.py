"""Letter -> sent: by SMTP, into an outbox folder, a print bundle, or a kit for the member."""
