"""Authentication-Results (RFC 8601): which domains the account's own server found authentic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Quoted strings are dropped whole: what a stranger wrote into one must not read as a result.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_PASSED = re.compile(r"\s*(dmarc|dkim)\s*=\s*pass\b", re.IGNORECASE)
_PROPERTY = {
    "dmarc": re.compile(r"\bheader\.from\s*=\s*@?([a-z0-9.-]+)", re.IGNORECASE),
    "dkim": re.compile(r"\bheader\.d\s*=\s*@?([a-z0-9.-]+)", re.IGNORECASE),
}


def authenticated(values: Sequence[str], authserv_id: str | None) -> tuple[str, ...]:
    """Domains with ``dmarc=pass`` or ``dkim=pass``, in order, lower case.

    Args:
        values: the Authentication-Results headers of a message.
        authserv_id: what the account's own server calls itself; other headers prove nothing, because anybody can
            write them (RFC 8601 section 7.1). None trusts no header.
    """
    if not authserv_id:
        return ()
    return tuple(dict.fromkeys(domain for value in values for domain in _domains(value, authserv_id)))


def _domains(value: str, authserv_id: str) -> Iterator[str]:
    first, *results = _without_comments(_QUOTED.sub("", value)).split(";")
    if (first.split() or [""])[0].lower() != authserv_id.lower():
        return
    for result in results:
        passed = _PASSED.match(result)
        found = passed and _PROPERTY[passed.group(1).lower()].search(result)
        if found:
            yield found.group(1).lower().strip(".")


def _without_comments(value: str) -> str:
    """Comments nest (RFC 5322 section 3.2.2); an unclosed one hides the rest."""
    depth, kept = 0, []
    for character in value:
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(character)
    return "".join(kept)
