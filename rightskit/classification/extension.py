"""Whether a notice of extension gives reasons, as Art. 12(3) GDPR asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit.classification.model import ReplyKind
from rightskit.classification.reading import read
from rightskit.classification.remembered import margins
from rightskit.classification.sentences import normalise
from rightskit.classification.weights import LABELS

if TYPE_CHECKING:
    from rightskit.mailbox.model import Reply

_REASON = re.compile(
    r"\b(?:aufgrund|auf grund|wegen|weil|da (?:wir|die|der|das|es|ihr|zur|uns|derzeit|sehr)"
    r"|grund (?:hierfuer|dafuer|ist)|angesichts|infolge|bedingt durch"
    r"|vielzahl|komplex\w*|hohe\w* (?:anfrage|aufkommen|anzahl|zahl)\w*"
    r"|because|due to|owing to|given the|as a result of|in view of|since (?:we|the|your)"
    r"|the reason|complex\w*|(?:high|large|unusual) (?:number|volume)"
    r"|en raison|compte tenu|du fait|a cause|car\b|parce qu\w*|vu (?:le|la|l')|etant donne|motif"
    r"|complexite|(?:grand|eleve)\w* (?:nombre|volume)|nombre (?:eleve|important)"
    r"|vanwege|wegens|omdat|doordat|gezien (?:de|het)|door (?:de|het|een)|reden (?:is|hiervoor)|(?:groot|hoog) aantal"
    r"|debido a|a causa de|porque|dado (?:el|la|que)|ya que|por (?:la|el) (?:complejidad|numero|volumen)|motivo"
    r"|a causa (?:di|del\w*)|a motivo|perche|poiche|in ragione|considerat\w+|vist[oa] (?:il|la)|dato (?:il|che)"
    r"|z (?:powodu|uwagi)|ze wzgledu|poniewaz|gdyz|bowiem|powodem|zlozon\w+|(?:duz\w+|znaczn\w+) licz\w+"
    r"|devido (?:a|ao)|por causa|porquanto|uma vez que|em razao|dada? (?:a|o)|elevado (?:numero|volume)|complexidade)"
)
_EXTENSION = LABELS.index(ReplyKind.EXTENSION)
_CLEAR = -0.5
"""The margin from which on a sentence of a notice of extension is taken for the one that extends."""


def has_reasons(reply: Reply) -> bool:
    """Whether the sentence that extends the month, or one beside it, says why.

    Whether the reason is a good one (complexity, number of requests) a person judges. False where nothing is extended.
    """
    said = read(reply).said
    extends = margins(said)[:, _EXTENSION] > _CLEAR
    near = [said[max(0, place - 1) : place + 2] for place in range(len(said)) if extends[place]]
    return any(_REASON.search(normalise(sentence)) for sentences in near for sentence in sentences)
