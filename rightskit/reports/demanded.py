"""What a controller demanded before it answers, read from the words that demanded it: which proof, which channel.

Words of a person who noted the demand count like those of the letter. What they do not name stays ``unspecified``.
"""

from __future__ import annotations

import re

# The gravest first: whoever asks for a copy of the passport and the date of birth asks for the copy.
_PROOFS = {
    "document": r"ausweis|reisepass|passport|passeport|identity (?:card|document)|\bid[ -](?:card|copy|document)"
    r"|copy of (?:your |an? )?id\b|photo id|driving licen[cs]e|führerschein|pièce d.?identité|carte d.?identité"
    r"|titre d.?identité|documento d.?identità|documento de identidad|identiteitsbewijs|dowod\w* osobist",
    "certified": r"beglaubig|certified|certifiée conforme|légalis|notar",
    "online": r"post-?ident|video-?ident|\beid\b|france ?connect|itsme|log ?in|einlogg|kundenkonto|customer account"
    r"|espace client|personal account",
    "signature": r"unterschr|unterzeichn|signature|signed|signé",
    "details": r"geburts|date of birth|birth ?date|birthday|date de naissance|anschrift|adresse|address|customer number"
    r"|kundennummer|numéro (?:de )?client|account number|kontonummer|vertragsnummer|phone number|telefonnummer",
}
_CHANNELS = {
    "portal": r"portal|portail|espace client|kundenkonto|mein konto|online-?konto|account settings|my account"
    r"|privacy cent(?:er|re)|self-service|log ?in|\bapp\b|application mobile",
    "form": r"formular|\bform\b|formulaire|webform|web form|questionnaire",
    "post": r"postalisch|per post|postweg|schriftlich|by post|by letter|in writing|par courrier"
    r"|voie postale",
    "email": r"e-?mail|courriel|@",
    "phone": r"telefon|hotline|phone|téléphone",
}
UNSPECIFIED = "unspecified"
PROOFS = (*_PROOFS, UNSPECIFIED)
"""A copy of an identity document; one that is certified; a log-in; a signature; details such as the date of birth."""
CHANNELS = (*_CHANNELS, UNSPECIFIED)


def proof(words: str) -> str:
    """Which proof of identity the words demand: one of :data:`PROOFS`."""
    return _first(_PROOFS, words)


def channel(words: str) -> str:
    """To which other channel the words point: one of :data:`CHANNELS`."""
    return _first(_CHANNELS, words)


def _first(kinds: dict[str, str], words: str) -> str:
    found = (name for name, pattern in kinds.items() if re.search(pattern, words, re.IGNORECASE))
    return next(found, UNSPECIFIED)
