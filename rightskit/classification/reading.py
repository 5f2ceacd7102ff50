"""A reply, opened for judgement: the sender's own sentences and what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.classification import enclosures, structure
from rightskit.classification.features import OUR_REFERENCE
from rightskit.classification.language import languages
from rightskit.classification.model import ReplyKind
from rightskit.classification.quotes import own_words
from rightskit.classification.sentences import labelled, sentences

if TYPE_CHECKING:
    from rightskit.classification.model import Evidence
    from rightskit.mailbox.model import Reply

_ANSWERING = re.compile(r"^\s*(?:re|aw|antw|wg|fwd?|tr|rv|ref|sv|odp|pd|enc|rif|i|r|res)\s*:", re.IGNORECASE)
# Ticket numbers say nothing; a subject with our reference repeats ours.
_TICKET = re.compile(r"\[[^\]]{0,60}\d[^\]]{0,60}\]|#?\b\d[\d-]{4,}\b")
_MACHINE = 0.9


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply holds.

    Attributes:
        said: the sender's own sentences.
        subject: a subject of the sender's own; empty where it answers, and so repeats, ours.
        languages: BCP 47 codes, the main one first; empty where too little is written.
        formal: what the form shows.
        data_files: attachments that are data by form or name.
        documents: attachments that may hold data if the words say so.
        attached: how many files came.
        labels: lines of ``Label: value`` in the sender's words.
        link: whether the sender's words hold a link.
        machine: whether headers say that a machine answered.
    """

    said: tuple[str, ...]
    subject: str
    languages: tuple[str, ...]
    formal: tuple[Evidence, ...]
    data_files: tuple[str, ...]
    documents: tuple[str, ...]
    attached: int
    labels: int
    link: bool
    machine: bool


def read(reply: Reply, sent: str = "") -> Reading:
    """Open a reply.

    Args:
        reply: as parsed.
        sent: the text of the letter that it may answer, so that its words are not taken for the sender's.
    """
    words = own_words(reply.text, sent)
    formal = structure.evidence(reply)
    return Reading(
        said=tuple(sentences(words)),
        subject=_own_subject(reply.subject),
        languages=tuple(languages(words) or languages(f"{reply.subject} {reply.text[:2000]}")),
        formal=formal,
        data_files=enclosures.data_files(reply),
        documents=enclosures.documents(reply),
        attached=len(reply.attachments),
        labels=labelled(words),
        link="http://" in words or "https://" in words,
        machine=any(e.kind is ReplyKind.AUTO_REPLY and e.weight >= _MACHINE for e in formal),
    )


def _own_subject(subject: str) -> str:
    if _ANSWERING.match(subject) or OUR_REFERENCE.search(subject):
        return ""
    plain = _TICKET.sub("", subject).strip()
    return plain if any(map(str.isalpha, plain)) else ""
