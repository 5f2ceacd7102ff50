"""Names of IMAP folders: modified UTF-7 (RFC 3501 section 5.1.3)."""

from __future__ import annotations

import base64
import itertools
import re


def encode(name: str) -> str:
    """A folder's name as IMAP servers spell it: ``Entwürfe`` becomes ``Entw&APw-rfe``."""
    runs = itertools.groupby(name, key=_is_printable)
    return "".join(_plain("".join(run)) if printable else _shifted("".join(run)) for printable, run in runs)


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


def _is_printable(character: str) -> bool:
    return " " <= character <= "~"


def _plain(text: str) -> str:
    return text.replace("&", "&-")


def _shifted(text: str) -> str:
    coded = base64.b64encode(text.encode("utf-16-be", "replace")).decode("ascii")
    return f"&{coded.rstrip('=').replace('/', ',')}-"
