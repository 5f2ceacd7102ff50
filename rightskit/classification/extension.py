"""Whether a notice of extension gives reasons, as Art. 12(3) GDPR asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit.classification.language import languages
from rightskit.classification.model import ReplyKind
from rightskit.classification.quotes import own_words
from rightskit.classification.rules import judge
from rightskit.classification.sentences import normalise, sentences

if TYPE_CHECKING:
    from rightskit.mailbox.model import Reply

_REASON = re.compile(
    r"\b(?:aufgrund|auf grund|wegen|weil|da (?:wir|die|der|das|es|ihr|zur|uns|derzeit|sehr)"
    r"|grund (?:hierfuer|dafuer|ist)|angesichts|infolge|bedingt durch"
    r"|vielzahl|komplex\w*|hohe\w* (?:anfrage|aufkommen|anzahl|zahl)\w*"
    r"|because|due to|owing to|given the|as a result of|in view of|since (?:we|the|your)"
    r"|the reason|complex\w*|(?:high|large|unusual) (?:number|volume)"
    r"|en raison|compte tenu|du fait|a cause|car\b|parce qu\w*|vu (?:le|la|l')|etant donne|motif"
    r"|complexite|(?:grand|eleve)\w* (?:nombre|volume)|nombre (?:eleve|important))"
)
_BAR = 0.6


def has_reasons(reply: Reply) -> bool:
    """Whether the sentence that extends the month, or one beside it, says why.

    Whether the reason is a good one (complexity, number of requests) a person judges. False where nothing is extended.
    """
    words = own_words(reply.text)
    spoken = languages(words)
    said = sentences(words)
    extending = [n for n, sentence in enumerate(said) if _extends(sentence, spoken)]
    return any(_REASON.search(normalise(sentence)) for n in extending for sentence in said[max(0, n - 1) : n + 2])


def _extends(sentence: str, spoken: list[str]) -> bool:
    return any(e.kind is ReplyKind.EXTENSION and e.weight >= _BAR for e in judge(sentence, spoken))
