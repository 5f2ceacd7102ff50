"""A plain yes or no to a text that a member was shown, in German, English and French: understood whole, or not at all.

A sentence counts only if every word of it is known here. Whatever says more, such as a wish for a change, is for a
person.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?(?:-[a-z]+)?")
_YES = re.compile(
    r"\b(?:ja|einverstanden|stimme\b.*\bzu|gebe\b.*\bfrei|freigegeben|genehmigt|in ordnung|passt so|ok|okay"
    r"|yes|agree|agreed|approve|approved|go ahead|you may|i consent"
    r"|oui|d'accord|j'accepte|j'approuve|vous pouvez|allez-y)\b"
)
_PLAIN_YES = re.compile(r"\b(?:ja|yes|oui)\b")
_NO = re.compile(r"\b(?:nein|nicht|kein|keine|keinen|no|not|don't|dont|non|ne|n'est|pas|aucune)\b")
_DE = (
    "ja bitte gern gerne ich bin damit mit dem den der die das diesem dieser diesen einverstanden stimme zu gebe frei "
    "freigegeben genehmigt in ordnung passt so ok okay text texten schreiben brief beschwerde widerspruch absenden "
    "abschicken einreichen einlegen senden schicken abgeschickt werden sie duerfen koennen es ist und danke vielen "
    "dank meinem namen wie er steht hiermit"
)
_EN = (
    "yes please i am agree agreed approve approved to with this that it is and ok okay fine go ahead you may can send "
    "lodge file submit the a complaint objection letter text my name in as stands thanks thank do so consent hereby"
)
_FR = (
    "oui d'accord je suis j'accepte j'approuve vous pouvez allez-y bien merci la le l l'envoyer envoyer deposer "
    "introduire lettre reclamation opposition texte ce cette avec en mon nom s'il plait tel telle quelle ok et est "
    "c'est"
)
_REFUSING = (
    "nein nicht kein keine keinen moechte will wollen lieber no not don't dont do want any non ne n'est pas aucune "
    "veux souhaite souhaiterais de d'opposition"
)
_KNOWN = frozenset(f"{_DE} {_EN} {_FR}".split())
_KNOWN_IN_A_NO = _KNOWN | frozenset(_REFUSING.split())


def says(plain: str) -> bool | None:
    """True for a yes, False for a no, None for all else; a sentence as ``sentences.normalise`` leaves it."""
    words = _WORD.findall(plain)
    if not words or "?" in plain or any(character.isdigit() for character in plain):
        return None
    if _NO.search(plain):
        known = set(words) <= _KNOWN_IN_A_NO
        return False if known and not _PLAIN_YES.search(plain) else None
    return True if _YES.search(plain) and set(words) <= _KNOWN else None
