"""``data unlock``: documents that are locked with a password are read; the password is kept nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.reference import normalise
from rightskit.disclosures.extract import extract
from rightskit.disclosures.keys import Keys
from rightskit.errors import NotFoundError
from rightskit.flows import data, replies
from rightskit.flows.recipes import campaign_recipes
from rightskit.vault import disclosures, messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.flows.workspace import Workspace

# A password is one word: after the word for it, at most a few others, and a colon or a verb.
_TOLD = re.compile(
    r"\b(?:passwor[dt]|kennwort|passphrase|mot de passe|code|pin)\b[^\n:]{0,60}?"
    r"(?:\s*:\s*|\s+(?:lautet|ist|is|est)\s*:?\s+)"
    r"[\"'„“«]?\s*(\S{4,64})",
    re.IGNORECASE,
)
_AROUND = "\"'„“”«».,;()"
_MOST = 20


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What passwords came to.

    Attributes:
        opened: how many documents they opened.
        reasons: why the others are still locked, or what an opened one could not be read by.
    """

    opened: int
    reasons: tuple[str, ...]


def locked(workspace: Workspace, request: str) -> tuple[str, ...]:
    """The requests with locked documents, or the one that was named.

    Raises:
        NotFoundError: the one that was named has none.
    """
    with workspace.vault.read() as connection:
        waiting = tuple(dict.fromkeys(reference for _, reference in disclosures.locked(connection)))
    if not request:
        return waiting
    reference = normalise(request) or request
    if reference not in waiting:
        raise NotFoundError(f"{request} has no locked document.", "Read what came first: rightskit data extract")
    return (reference,)


def told(workspace: Workspace, reference: str) -> tuple[str, ...]:
    """What the replies to a request call a password, the newest first."""
    with workspace.vault.read() as connection:
        came = messages.about(connection, reference)
        texts = [replies.both(connection, message)[1].text for message in reversed(came)]
    return tuple(dict.fromkeys(word for text in texts for word in _words(text)))[:_MOST]


def _words(text: str) -> Iterator[str]:
    for match in _TOLD.finditer(text):
        yield match[1].strip(_AROUND)
        yield match[1]


def unlock(workspace: Workspace, reference: str, passwords: Sequence[str]) -> Unlocked:
    """Read a request's locked documents by the first password that opens each."""
    known = campaign_recipes(workspace.folder, workspace.campaign)
    with workspace.vault.write() as connection:
        keys = Keys(workspace.campaign.slug, disclosures.secret(connection))
        waiting = [key for key in disclosures.locked(connection) if key[1] == reference]
    opened = 0
    reasons: list[str] = [] if passwords else ["No reply tells a password."]
    for key in waiting:
        for password in passwords:
            with workspace.vault.read() as connection:
                disclosure = disclosures.get(connection, key)
                found = extract(disclosure, known, keys, password)
            if found.outcome != "locked":
                data.settle(workspace, disclosure, found)
                opened += 1
                break
        if passwords and found.reason:
            reasons.append(found.reason)
    return Unlocked(opened, tuple(reasons))
