"""How a message is shown to a person: who wrote, what exactly, and which words show it."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from rightskit.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.cases.model import EventKind
    from rightskit.classification.model import ReplyKind
    from rightskit.flows.replies import Opened


_INDENT = 9
"""Columns of the words that say what follows."""


def show(opened: Opened, longest: int | None = None) -> None:
    """Print a message: head, reasons, candidates, and the sender's own words with the evidence marked.

    Args:
        opened: the message.
        longest: characters of the words; None for all.
    """
    message = opened.kept.message
    passed_on = ", passed on by a member" if opened.passed_on else ""
    output.line(f"From     {opened.reply.sender}{passed_on}", _INDENT)
    output.line(f"Subject  {opened.reply.subject}", _INDENT)
    output.say(f"Kind     {message.primary_kind} ({message.confidence:.0%}), {message.status}")
    for kind, text in message.evidence:
        output.line(f"  because  {kind}: {' '.join(text.split())}", _INDENT + 2)
    for one in opened.kept.filings:
        output.say(f"Request  {one.reference or 'none found'} {opened.controllers.get(one.reference or '', '')}")
        output.say(f"  because  {one.evidence}{'' if one.proven else '; sender unproven'}")
    for attachment in opened.reply.attachments:
        output.say(f"Attached {attachment.name} ({len(attachment.content):,} bytes)")
    for fault in opened.reply.faults:
        output.say(f"Broken   {fault}")
    output.say("")
    _words(opened.words[:longest], [text for _, text in message.evidence])
    if longest and len(opened.words) > longest:
        output.say("… ([m]ore)")


def _words(words: str, evidence: list[str]) -> None:
    """The words, with the evidence in bold on a terminal."""
    if not sys.stdout.isatty():
        output.say(words)
        return
    from rich.console import Console
    from rich.text import Text

    text = Text(words)
    for one in evidence:
        if found := re.search(r"\s+".join(map(re.escape, one.split())), words):
            text.stylize("bold black on yellow", *found.span())
    Console().print(text)


def authority_kind(texts: Sequence[str]) -> EventKind | None:
    """What an authority wrote, as a person typed it; None where a controller's reply is meant."""
    from rightskit.errors import WrongUsageError
    from rightskit.flows.authorities import KINDS

    known = {kind.value: kind for kind in KINDS}
    if not (named := [known[text] for text in texts if text in known]):
        return None
    if len(texts) > 1:
        raise WrongUsageError("A letter of an authority is one thing.", f"One of: {', '.join(known)}")
    return named[0]


def kind_of(text: str) -> ReplyKind:
    """The kind that a person typed."""
    from rightskit.classification.model import ReplyKind
    from rightskit.errors import WrongUsageError
    from rightskit.flows.authorities import KINDS
    from rightskit.yamlfile import did_you_mean

    if text not in set(ReplyKind):
        words = [*ReplyKind, *KINDS] if text.startswith("authority") else list(ReplyKind)
        raise WrongUsageError(f"{text!r} is no kind of reply.", did_you_mean(text, words))
    return ReplyKind(text)
