"""Host names and mail addresses as they are sent: in ASCII."""

from __future__ import annotations

import re
import unicodedata

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?"
_DOMAIN = rf"(?:{_LABEL}\.)+{_LABEL}"
HOST = re.compile(_DOMAIN)
EMAIL = re.compile(rf"{_LOCAL}@{_DOMAIN}")


def ascii_host(host: str) -> str:
    """A host name in lower case, labels with other letters in punycode (RFC 3492, RFC 5891: ß stays itself)."""
    return ".".join(_ascii_label(label) for label in unicodedata.normalize("NFC", host).lower().split("."))


def ascii_email(address: str) -> str:
    """A mail address whose host is in ASCII; a text without @ as it stands."""
    local, at, host = address.rpartition("@")
    return local + at + ascii_host(host) if at and not host.isascii() else address


def host_of(url: str) -> str:
    """The host that a web address names, without ``www.``; empty where there is none."""
    found = re.match(r"https?://([^/?#:@\s]+)", url, re.IGNORECASE)
    return ascii_host(found[1]).removeprefix("www.") if found else ""


def _ascii_label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
