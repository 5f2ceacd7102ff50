"""Bytes from outside -> text, whatever charset they claim."""

from __future__ import annotations

import codecs
import re

_FALLBACKS = ("utf-8", "cp1252")
# Declared as these, and yet often UTF-8 or Windows-1252 (WHATWG Encoding, labels of windows-1252).
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252"})
# Codecs of Python that are no charset of mail: they run escapes, are quadratic, or always fail.
_NO_CHARSET = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def is_known(declared: str) -> bool:
    """Whether a declared charset can be decoded; the empty one can (it says nothing)."""
    return not declared.strip() or bool(_codec(declared))


def decode(content: bytes, declared: str = "") -> str:
    """Decode text: as declared, then UTF-8, then Windows-1252. Never raises.

    Line ends become LF; control characters, byte order marks and lone surrogates are dropped.
    """
    return _tidy(_decode(content, _candidates(declared)))


def _candidates(declared: str) -> tuple[str, ...]:
    codec = _codec(declared)
    return _FALLBACKS if not codec or codec in _LATIN else (codec, *_FALLBACKS)


def _decode(content: bytes, codecs_: tuple[str, ...]) -> str:
    for codec in codecs_:
        try:
            return content.decode(codec)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _codec(declared: str) -> str:
    """Python's name of a charset; empty where it is unknown or no charset."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'").split("*")[0]).name
        b"".decode(name)
    except (LookupError, ValueError):
        return ""
    return "" if name.replace("-", "_") in _NO_CHARSET else name


def _tidy(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
