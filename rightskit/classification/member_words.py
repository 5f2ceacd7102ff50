"""What a member writes to the campaign: rules in German, English and French, and no guess where they differ.

A member never speaks for a controller: what is read here opens a question to a person, or answers one of the campaign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from rightskit.campaign.reference import find
from rightskit.classification import purposes, yes_no
from rightskit.classification.quotes import own_words
from rightskit.classification.sentences import normalise, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from rightskit.mailbox.model import Reply


class MemberSays(StrEnum):
    """What a member's own words say."""

    WITHDRAWS = "withdraws"
    MOVED = "moved"
    IDENTITY_GIVEN = "identity-given"
    NOTHING = "nothing"
    LATER = "later"
    RECEIVED = "received"
    QUESTION = "question"
    AGREES = "agrees"
    DECLINES = "declines"


_OF_THEMSELVES = (MemberSays.WITHDRAWS, MemberSays.MOVED, MemberSays.IDENTITY_GIVEN)
"""What is heard whatever was asked."""
_DOCUMENT = (
    r"(?:personal)?ausweis|reisepass|\bpass\b|passport|\bid[ -]card|identity (?:card|document)|copy of my id\b"
    r"|(?:piece|carte) d'identite|passeport"
)
_SENT = (
    r"geschickt|gesendet|gesandt|vorgelegt|hochgeladen|beigefuegt|anbei|angehaengt|sent|attached|uploaded|showed"
    r"|enclosed|envoye|transmis|fourni|ci-joint|\bjoint"
)
# In the form of sentences.normalise; in the order in which a sentence is asked.
_RULES: Mapping[MemberSays, re.Pattern[str]] = {
    MemberSays.WITHDRAWS: re.compile(
        r"(?:nicht|nicht laenger|nicht mehr) (?:mehr )?(?:teilnehmen|mitmachen|dabei)|\bwiderruf|\bziehe\b.*\bzurueck"
        r"|\bzurueckziehen|\bsteige\b.*\baus\b|\baus(?:treten|steigen)\b|\btrete\b.*\b(?:aus|zurueck)\b"
        r"|\bmelde mich ab\b"
        r"|\babmelden\b|teilnahme.*\b(?:beend|kuendig)|loesch\w* .*\b(?:mich|meine daten)|\bmeine daten\b.*\bloeschen"
        r"|no longer (?:wish|want)|don'?t (?:wish|want) to (?:take part|participate|continue)|\bwithdraw|\brevoke\b"
        r"|\bopt(?:ing)? out\b|\bleave the campaign|\bstop (?:sending|acting)|\bremove me\b|\b(?:delete|erase) my data"
        r"|ne (?:souhaite|veux|desire) plus|\bje (?:me )?(?:retire|desiste|revoque)\b|\brevoque\b|quitter la campagne"
        r"|supprime[rz]? mes donnees|\bme retirer\b"
    ),
    MemberSays.MOVED: re.compile(
        r"\bumgezogen\b|\bneuen? (?:anschrift|adresse|e-?mail|mailadresse|name)|\bgeheiratet\b|\bheisse (?:jetzt|nun)\b"
        r"|\bziehe\b.*\bum\b|\b(?:have|i'?ve|we) moved\b|\bmoved (?:house|to)\b|\bnew (?:address|e-?mail|name)\b"
        r"|changed my (?:name|address|e-?mail)|\bgot married\b|\bdemenag|nouvelle adresse|change d'adresse"
        r"|nouveau nom|\bme suis marie"
    ),
    MemberSays.IDENTITY_GIVEN: re.compile(rf"(?:{_DOCUMENT}).*(?:{_SENT})|(?:{_SENT}).*(?:{_DOCUMENT})|\bpostident\b"),
    MemberSays.NOTHING: re.compile(
        r"^(?:nein|nichts|noch nichts|bisher nichts|leider (?:noch )?nichts|keine antwort|bei mir nichts)\b"
        r"|\b(?:nichts|keine (?:antwort|post|mail|nachricht)|keinen brief|noch nicht)\b.*"
        r"\b(?:gekommen|erhalten|bekommen|angekommen|eingetroffen)\b"
        r"|^(?:no|nope|nothing|not yet|nothing yet)\b|\bnothing (?:has |yet )?(?:come|came|arrived|received|reached)"
        r"|\b(?:have not|haven'?t|did not|didn'?t) (?:received?|get|got|heard?)\b"
        r"|\bno (?:answer|reply|letter) (?:yet|came|so far)"
        r"|^(?:non|rien|toujours rien|pas encore|aucune reponse)\b|\brien (?:recu|n'est arrive|ne m'est)"
        r"|\bn'ai (?:rien|pas|toujours rien|encore rien) recu|\baucune (?:reponse|lettre)\b|\bpas de reponse\b"
    ),
    MemberSays.LATER: re.compile(
        r"^(?:spaeter|kann ich erst|ich (?:schaue|sehe) (?:\w+ )?nach|ich melde mich|weiss (?:ich )?(?:noch )?nicht)\b"
        r"|\bmelde mich (?:spaeter|noch|naechste)|^later\b|\bi'?ll (?:check|look|let you know|get back)"
        r"|\bi will (?:check|let you)"
        r"|\bdon'?t know yet\b|^plus tard\b|\bje (?:verifie|regarde|vous redis|reviens vers)|\bje ne sais pas encore"
    ),
    MemberSays.RECEIVED: re.compile(
        r"^(?:ja|doch|yes|yep|oui)\b"
        r"|\b(?:brief|antwort|auskunft|schreiben|post|mail)\b.*\b(?:gekommen|erhalten|bekommen|angekommen|eingetroffen|da)\b"
        r"|\b(?:letter|answer|reply|e-?mail)\b.*\b(?:came|arrived|received|is here)\b"
        r"|\b(?:received|got) (?:a|an|the|their|one) (?:letter|answer|reply|e-?mail)"
        r"|\b(?:lettre|reponse|courrier|mail)\b.*\b(?:recue?|arrivee?)\b|\bai recu (?:une|un|la|le|leur)\b"
    ),
}
_RESERVE = re.compile(r"\b(?:aber|jedoch|ausser|allerdings|but|except|however|mais|sauf|cependant)\b")
"""A sentence that takes back a part of what it says is for a person."""
_QUESTION = re.compile(r"\?\s*$")
_LEADING_NO = re.compile(r"^(?:nein|nope|no|non)\b[\s,.;:!-]*")
_PLEASANTRY = re.compile(
    r"^(?:hallo|guten (?:tag|morgen|abend)|lieb|sehr geehrte|moin|servus|hi\b|hello|dear|good (?:morning|day)"
    r"|bonjour|bonsoir|cher|danke|vielen dank|besten dank|thanks|thank you|many thanks|merci|cordialement"
    r"|bien a vous|salut|sent from"
    r"|von meinem|envoye de mon|(?:mit )?(?:freundliche|viele|liebe|beste|herzliche)[nr]? gru|gruss|gruesse"
    r"|lg\b|mfg\b|vg\b|kind regards|best\b|regards|yours|cheers)"
)
_BEFORE_A_REFERENCE = frozenset({"zu", "betrifft", "zeichen", "re", "ref", "reference", "concerne"})
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of question that a member answers.

    Attributes:
        says: what one sentence says, as :func:`rightskit.classification.sentences.normalise` leaves it.
        answers: what can be an answer.
        named: the words of a line that say what an answer beside or below them is about: references of requests.
    """

    says: Callable[[str], MemberSays | None]
    answers: frozenset[MemberSays]
    named: Callable[[str], list[str]] = find


@dataclass(frozen=True, slots=True)
class MemberWords:
    """What a member wrote.

    Attributes:
        kinds: all that the words say, in the order of :class:`MemberSays`.
        answers: reference, or what else was asked about, -> what was answered about that alone.
        clear: whether every sentence was understood, and all say one thing: only then may the machine act.
        evidence: kind and sentence.
    """

    kinds: tuple[MemberSays, ...]
    clear: bool
    answers: Mapping[str, MemberSays] = field(default_factory=dict)
    evidence: tuple[tuple[MemberSays, str], ...] = ()


def read(reply: Reply, names: Collection[str], asked: Asked) -> MemberWords:
    """What a member's mail says, without what it quotes.

    Args:
        reply: the mail.
        names: words of the names of those who may have written it: a line of these alone says nothing.
        asked: what it answers.
    """
    answers, used = _by_reference(reply.text, asked)
    signed = {word for name in names for word in _LETTERS.findall(normalise(name))}
    found: list[tuple[MemberSays, str]] = []
    unclear = False
    own = _own(reply.text)
    for sentence in filter(str.strip, own.split("\n")) if answers else sentences(own):
        plain = normalise(sentence)
        kind = asked.says(plain)
        unclear |= bool(_RESERVE.search(plain))
        if kind:
            found.append((kind, sentence))
        elif plain not in used and not _PLEASANTRY.search(plain):
            rest = normalise(_without(sentence, asked.named(sentence)))
            unclear |= not set(_LETTERS.findall(rest)) <= signed | _BEFORE_A_REFERENCE
    kinds = tuple(kind for kind in MemberSays if kind in {one for one, _ in found} | set(answers.values()))
    whole = {kind for kind, sentence in found if normalise(sentence) not in used and not asked.named(sentence)}
    one_thing = len(whole) <= 1 and not (whole and answers) and set(kinds) <= asked.answers
    return MemberWords(kinds, bool(kinds) and one_thing and not unclear, answers, tuple(found))


def _own(text: str) -> str:
    """The member's words; a mail that reads like one of our own letters, such as a formal revocation, is theirs too."""
    return own_words(text) or "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))


def says(plain: str) -> MemberSays | None:
    """What one sentence says, as :func:`rightskit.classification.sentences.normalise` leaves it."""
    kind = next((kind for kind, pattern in _RULES.items() if pattern.search(plain)), None)
    if kind is MemberSays.NOTHING and (rest := _LEADING_NO.sub("", plain)) != plain and _came(rest):
        return MemberSays.RECEIVED  # "no, wait: a letter came"
    return kind or (MemberSays.QUESTION if _QUESTION.search(plain) else None)


def _came(plain: str) -> bool:
    return bool(_RULES[MemberSays.RECEIVED].search(plain)) and not _RULES[MemberSays.NOTHING].search(plain)


def consents(plain: str) -> MemberSays | None:
    """Likewise of a sentence that answers whether a text may leave."""
    kind = says(plain)
    if kind in _OF_THEMSELVES:
        return kind
    word = yes_no.says(plain)
    if word is None:
        return MemberSays.QUESTION if kind is MemberSays.QUESTION else None
    return MemberSays.AGREES if word else MemberSays.DECLINES


WHETHER_ANYTHING_CAME = Asked(says, frozenset({MemberSays.NOTHING, MemberSays.LATER, MemberSays.RECEIVED}))
WHETHER_IT_MAY_LEAVE = Asked(consents, frozenset({MemberSays.AGREES, MemberSays.DECLINES}))
WHETHER_DATA_MAY_BE_POOLED = Asked(consents, frozenset({MemberSays.AGREES, MemberSays.DECLINES}), purposes.named)


def _by_reference(text: str, asked: Asked) -> tuple[dict[str, MemberSays], set[str]]:
    """What was answered beside or below a request's reference or a purpose, and the lines in which it was.

    An answer may stand on the line of the word, or on the line below it in a mail that quotes the question.
    """
    answers: dict[str, MemberSays] = {}
    used: set[str] = set()
    waiting: list[str] = []
    for line in text.split("\n"):
        quoted, named = line.lstrip().startswith(">"), asked.named(line)
        waiting = named or waiting
        if quoted or not line.strip():
            continue
        plain = normalise(_without(line, named))
        if waiting and (kind := asked.says(plain)) in asked.answers and kind:
            answers |= dict.fromkeys(waiting, kind)
            used |= {plain, normalise(line)}
            waiting = []
    return answers, used


def _without(line: str, references: list[str]) -> str:
    """A line without its references and the marks around them."""
    plain = line
    for reference in references:
        plain = re.sub(re.escape(reference), "", plain, flags=re.IGNORECASE)
    return plain.strip(" \t-–—:;,.()*•")
