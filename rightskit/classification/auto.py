"""What a machine's answer proves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit.classification import structure
from rightskit.classification.model import ReplyKind
from rightskit.classification.reading import read
from rightskit.classification.remembered import margins
from rightskit.classification.sentences import normalise
from rightskit.classification.weights import LABELS

if TYPE_CHECKING:
    from rightskit.mailbox.model import Reply

_RECEIVED = (LABELS.index(ReplyKind.ACKNOWLEDGEMENT), LABELS.index(ReplyKind.AUTO_REPLY))
_CLEAR = -0.3
"""The margin from which on a sentence of a machine confirms receipt: it need not outdo every other kind."""
_ABSENCE = re.compile(
    r"\b(?:nicht im (?:buero|haus|dienst)|abwesend|abwesenheit\w*|ausser haus|im urlaub|in elternzeit|im mutterschutz"
    r"|nicht erreichbar|wieder (?:erreichbar|im buero|fuer sie da)|nicht am arbeitsplatz|betriebsferien"
    r"|(?:geschaeftsstelle|buero|praxis) ist .{0,60}geschlossen"
    r"|out of (?:the )?office|on (?:annual |maternity |parental |sick )?leave|on holiday|on vacation"
    r"|away from (?:my|the) (?:desk|office)|limited access to (?:my )?e-?mail|back in the office"
    r"|(?:currently|presently) away"
    r"|absente?s? (?:du|jusqu|depuis|et|pour|a compter)|actuellement absente?|en conges?|en vacances|hors du bureau"
    r"|conge (?:maternite|parental)|de retour (?:le|au bureau)|suis absente?"
    r"|niet (?:aanwezig|op kantoor|bereikbaar)"
    r"|afwezig\w*|met (?:vakantie|verlof)|weer (?:aanwezig|bereikbaar|op kantoor)"
    r"|fuera de (?:la )?oficina|de vacaciones|ausente|de baja|de permiso|me reincorpor\w+"
    r"|fuori (?:sede|ufficio)|in ferie|assente|rientr(?:o|ero) (?:il|in)"
    r"|poza biurem|na urlopie|nieobecn\w+|w biurze nie ma|wracam"
    r"|fora do escritorio|de ferias|de licenca|ausencia)\b"
)


def proves_receipt(reply: Reply) -> bool:
    """Whether an auto-reply proves that the letter was received: a ticket receipt does, an out-of-office does not.

    A positive delivery notification and a read receipt do too. Ask only about replies of the kind auto-reply.
    """
    if structure.is_delivery_proof(reply):
        return True
    reading = read(reply)
    said = [reading.subject or reply.subject, *reading.said]
    if not reading.said or any(_ABSENCE.search(normalise(sentence)) for sentence in said):
        return False
    return bool((margins(reading.said)[:, _RECEIVED] > _CLEAR).any())
