"""Writes the shipped letters for an invented person, through the same code as a campaign."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

import pytest

from rightskit.paths import shipped
from rightskit.rendering import environment
from rightskit.rendering import fields as values
from rightskit.rendering.letter import render
from rightskit.rendering.library import Library
from rightskit.rendering.model import LetterOrder, Party

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rightskit.rendering.model import Letter
    from rightskit.rendering.template import Template

DAY = dt.date(2026, 3, 2)
FIELDS: dict[str, object] = {
    "answer_by": dt.date(2026, 4, 20),
    "answer_to": "post@example.org",
    "article_of_request": "15",
    "birthdate": dt.date(1985, 7, 31),
    "campaign": "Freie Zahlen",
    "authority_name": "Aufsicht Beispielland",
    "clarification": "Nur 2025.",
    "consent_text": "Wir legen Antworten zusammen.",
    "consent_version": "3",
    "consents": ["Newsletter", "Profil"],
    "controller_address": ("Kai 1", "20457 Hamburg"),
    "controller_name": "Beispiel & Söhne",
    "controllers": ["Beispiel & Söhne", "Muster AG"],
    "copies": ["Sicherung vom 2. März", "Postfach"],
    "corrections": [{"wrong": "Kai 1", "right": "Kai 2"}, {"right": "bezahlt"}],
    "counts": ["120 members", "600 requests"],
    "country_abroad": ["Switzerland"],
    "decision": "Nr. 7.",
    "demanded_on": dt.date(2026, 3, 9),
    "destination": "Datenhaus eG",
    "due_on": dt.date(2026, 4, 7),
    "enclosed": ["Beleg 1"],
    "events": [{"date": DAY, "text": "Eingang bestätigt"}],
    "evidence": ["Beleg 1", "Beleg 2"],
    "extended": True,
    "fingerprint": "9f86d081884c7d65",
    "ground": "Grund.",
    "identifiers": {"Kundennummer": "K-77"},
    "identity": ["Muster AG"],
    "items": [{"what": "Geburtsdatum", "controllers": ["Muster AG"]}, {"what": "Unterschrift", "controllers": []}],
    "known_at": "2 March 2026, 14:30",
    "mandate_enclosed": True,
    "mandate_original": True,
    "member": "M7K2QX9DA",
    "missing": ["c", "g", "safeguards", "Punkt 9"],
    "needed": ["Geburtsdatum"],
    "notify_by": "5 March 2026, 14:30",
    "officer": "Nia Beispiel, nia@example.org",
    "open_requests": "12",
    "partners": ["Verein Zwei, Kai 4"],
    "processors": ["Post AG: E-Mail"],
    "parts": ["Anschrift", "Score"],
    "raw_days": "90",
    "reason": "Situation.",
    "received_on": dt.date(2026, 3, 4),
    "receive_date": dt.date(2026, 2, 11),
    "receive_enclosed": False,
    "reminded_on": dt.date(2026, 4, 8),
    "replied_on": dt.date(2026, 3, 30),
    "representative": "Verein Beispiel, Kai 3",
    "request_title": "Auskunft",
    "request_titles": ["Auskunft", "Löschung"],
    "requests": [
        {
            "title": "Auskunft",
            "controller": "Muster AG",
            "sent_on": DAY,
            "reference": "RK-4F7Q-9XTE",
            "authority": "LDA",
        }
    ],
    "restriction_ground": "Streit.",
    "retention": "2030.",
    "retention_days": "365",
    "rights": [
        *("access", "portability", "rectification", "restriction"),
        *("objection", "withdrawal", "review", "erasure"),
    ],
    "scopes": ["statistics", "research", "named", "Lehre"],
    "sent_on": DAY,
    "successor": "Verein Drei",
    "supplied": {"Kundennummer": "K-77"},
    "threshold": 10,
    "wanted": [{"what": "Geburtsdatum", "controllers": ["Muster AG"]}],
    "way": "own-name",
    "ways": ["self", "own-name", "mandate"],
}


class Desk(Protocol):
    """Everything that the tests ask of the letters."""

    def template(self, letter: str, language: str) -> Template: ...
    def order(self, letter: str, language: str, modules: Collection[str], *, full: bool) -> LetterOrder: ...
    def letter(self, letter: str, language: str, modules: Collection[str] = (), *, full: bool = True) -> Letter: ...
    def said(self, letter: str, language: str, modules: Collection[str] = (), *, full: bool = True) -> str: ...
    def markdown(self, letter: str, language: str, modules: Collection[str] = (), *, full: bool = True) -> str: ...


class _Desk:
    """A letter with only the fields that it declares: all of them, or none but those that it needs."""

    def __init__(self) -> None:
        self.library = Library([shipped("letters")])

    def template(self, letter: str, language: str) -> Template:
        return self.library.template(letter, language)

    def order(self, letter: str, language: str, modules: Collection[str] = (), *, full: bool = True) -> LetterOrder:
        template = self.template(letter, language)
        declared = (*template.needs, *template.may_use) if full else template.needs
        fields: Mapping[str, object] = {name: FIELDS[name] for name in declared}
        return LetterOrder(
            letter=letter,
            language=language,
            date=dt.date(2026, 4, 10),
            sender=Party("Ada Muster", ("Weg 4", "50667 Köln") if full else (), "ada@example.org" if full else ""),
            recipient=Party("Beispiel & Söhne", ("Kai 1",) if full else (), "info@example.com" if full else ""),
            reference="RK-4F7Q-9XTE" if full else "",
            fields=fields,
            modules=tuple(modules),
        )

    def letter(self, letter: str, language: str, modules: Collection[str] = (), *, full: bool = True) -> Letter:
        """The real thing."""
        return render(self.order(letter, language, modules, full=full), self.library)

    def said(self, letter: str, language: str, modules: Collection[str] = (), *, full: bool = True) -> str:
        """Subject and text on one line each, for looking up words."""
        found = self.letter(letter, language, modules, full=full)
        return "\n".join((found.subject, " ".join(found.text.split())))

    def markdown(self, letter: str, language: str, modules: Collection[str] = (), *, full: bool = True) -> str:
        """The filled text before it is laid out: where a space or a line too many shows."""
        template = self.template(letter, language)
        scope = values.scope(self.order(letter, language, modules, full=full), template)
        return environment.put_in(*environment.fill(template, template.body, scope))


@pytest.fixture(scope="session")
def desk() -> Desk:
    return _Desk()
