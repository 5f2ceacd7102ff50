"""Names of IMAP folders: modified UTF-7 (RFC 3501 section 5.1.3)."""

from __future__ import annotations

import base64
import re


def decode(name: str) -> str:
    """A folder's name as a person writes it; one that is not rightly spelt stays as it is."""
    try:
        return _RUN.sub(lambda run: _opened(run[1]), name)
    except (ValueError, UnicodeDecodeError):
        return name


_RUN = re.compile("&([^-]*)-")


def _opened(coded: str) -> str:
    padded = coded.replace(",", "/") + "=" * (-len(coded) % 4)
    return base64.b64decode(padded, validate=True).decode("utf-16-be") if coded else "&"
