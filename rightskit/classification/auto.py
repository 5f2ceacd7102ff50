"""What a machine's answer proves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.classification import structure
from rightskit.classification.language import languages
from rightskit.classification.model import ReplyKind
from rightskit.classification.quotes import own_words
from rightskit.classification.rules import is_absence, judge
from rightskit.classification.sentences import sentences

if TYPE_CHECKING:
    from rightskit.mailbox.model import Reply

_BAR = 0.7


def proves_receipt(reply: Reply) -> bool:
    """Whether an auto-reply proves that the letter was received: a ticket receipt does, an out-of-office does not.

    A positive delivery notification and a read receipt do too. Ask only about replies of the kind auto-reply.
    """
    if structure.is_delivery_proof(reply):
        return True
    words = own_words(reply.text)
    spoken = languages(words)
    said = [reply.subject, *sentences(words)]
    if any(is_absence(sentence, spoken) for sentence in said):
        return False
    kinds = {e.kind for sentence in said for e in judge(sentence, spoken) if e.weight >= _BAR}
    return bool(kinds & {ReplyKind.ACKNOWLEDGEMENT, ReplyKind.AUTO_REPLY})
