"""Cut what is not the sender's: quoted letters, earlier mails, signatures, disclaimers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rightskit.classification import quotepatterns as marks
from rightskit.classification.sentences import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 60_000
_MOST_LINES = 2000
_HEADER_BLOCK = 5
_ATTRIBUTION_LINES = 3
_RUN = 4
"""Words in a row that must be the same as in our letter to be taken for a piece of it."""
_OURS = 0.6
"""The share of such runs in a paragraph from which on it is our letter come back."""
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=128)
def own_words(text: str, sent: str = "") -> str:
    """Only what the sender wrote now: earlier mails, quoted letters, signatures and disclaimers are cut.

    Args:
        text: the readable text of a message.
        sent: the text of letters that it may answer; what is taken from it is cut, marked as a quotation or not.
    """
    return "\n\n".join(_answering(_not_ours(_paragraphs(text), sent))).strip()


@lru_cache(maxsize=4)
def _paragraphs(text: str) -> tuple[str, ...]:
    """Without earlier mails and signatures; the same message is often asked for with and without our own letters."""
    lines = _without_history(text[:_LONGEST].split("\n")[:_MOST_LINES])
    return tuple(re.split(r"\n[ \t]*\n", "\n".join(_without_signature(lines))))


def _not_ours(paragraphs: Sequence[str], sent: str) -> Sequence[str]:
    ours = _sent_runs(sent)
    return [one for one in paragraphs if not _repeats(one, ours)] if ours else paragraphs


def _repeats(paragraph: str, ours: frozenset[tuple[str, ...]]) -> bool:
    runs = _runs(paragraph)
    return bool(runs) and len(runs & ours) >= _OURS * len(runs)


@lru_cache(maxsize=4)
def _sent_runs(sent: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_runs(sent[:_LONGEST]))


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every run of ``_RUN`` words, without case, accents and marks."""
    words = _WORD.findall(normalise(text))
    return {tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}


def _without_history(lines: list[str]) -> list[str]:
    kept: list[str] = []
    skip = 0
    for number, line in enumerate(lines):
        if skip:
            skip -= 1
        elif _starts_history(lines, number):
            break
        elif wrapped := _attribution(lines, number):
            if not _quotes_follow(lines, number + wrapped):
                break
            skip = wrapped - 1
        elif not marks.QUOTED.match(line) and not marks.ABOVE_LINE.match(line):
            kept.append(line)
    return kept


def _starts_history(lines: list[str], number: int) -> bool:
    """A divider such as ``-----Original Message-----``, or a block of ``From: / Sent: / To:``."""
    if marks.DIVIDER.match(lines[number]):
        return True
    below = lines[number + 1 : number + 1 + _HEADER_BLOCK]
    return bool(marks.SENDER_FIELD.match(lines[number])) and any(map(marks.OTHER_FIELD.match, below))


def _attribution(lines: list[str], number: int) -> int:
    """How many lines an ``On … wrote:`` takes from here; 0 where there is none."""
    if marks.QUOTED.match(lines[number]):
        return 0
    for count in range(1, _ATTRIBUTION_LINES + 1):
        window = lines[number : number + count]
        if not window[-1].strip():
            return 0
        if window[-1].rstrip().endswith(":"):
            return count if marks.ATTRIBUTION.match(" ".join(window)) else 0
    return 0


def _quotes_follow(lines: list[str], number: int) -> bool:
    return any(marks.QUOTED.match(line) for line in [line for line in lines[number:] if line.strip()][:1])


def _without_signature(lines: list[str]) -> list[str]:
    """Up to the closing formula or ``-- ``; a postscript below it is kept."""
    for number, line in enumerate(lines):
        written = any(above.strip() for above in lines[:number])
        if written and (marks.CLOSING.match(line) or marks.SIGNATURE.match(line)):
            return [*lines[:number], "", *_postscript(lines[number + 1 :])]
    return lines


def _postscript(lines: list[str]) -> list[str]:
    start = next((number for number, line in enumerate(lines) if marks.POSTSCRIPT.match(line)), len(lines))
    return lines[start:]


def _answering(paragraphs: Sequence[str]) -> list[str]:
    """Without disclaimers, and only up to where the requester's own letter starts."""
    kept = []
    for paragraph in paragraphs:
        joined = " ".join(paragraph.split())
        if marks.REQUESTER.search(joined):
            break
        if not marks.DISCLAIMER.match(joined) and not marks.DEVICE.match(joined):
            kept.append(paragraph.strip("\n"))
    return kept
