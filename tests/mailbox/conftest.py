"""Reading is tested against a real Dovecot."""

from dovecot import dovecot, trusted

__all__ = ["dovecot", "trusted"]
