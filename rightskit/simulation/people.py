"""Invented members, as rows of members.csv.

The same seed gives the same people. Shares hold in every hundred members (of a hundred, four give no date of birth),
so that a small demonstration shows every gap.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import unicodedata
from typing import TYPE_CHECKING

from rightskit.campaign.members_csv import COLUMNS
from rightskit.simulation import names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OLDEST, _YOUNGEST = dt.date(1935, 1, 1), dt.date(2006, 12, 31)
_LAST_SIGNATURE = dt.date(2026, 1, 31)
_LONG_NAME_AT = 17
_MIXED_ORIGIN = 0.12
_YOUNGER_SINCE = 1972
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def members(count: int, seed: int, *, signed_until: dt.date = _LAST_SIGNATURE) -> Iterator[dict[str, str]]:
    """Draw invented members; every row has all columns of members.csv.

    Args:
        count: how many.
        seed: the same seed gives the same rows.
        signed_until: last day on which mandates were signed; the first is thirty days before.
    """
    rng = random.Random(f"members/{seed}")  # noqa: S311 (reproducible, not secret)
    decks = {name: _deck(rng, share) for name, share in _SHARES.items()}
    taken: set[str] = set()
    row: dict[str, str] = {}
    for number in range(count):
        traits = {name: next(deck) for name, deck in decks.items()}
        partner = row if traits["couple"] and number != _LONG_NAME_AT else {}
        row = _person(rng, number, partner, taken) | _signatures(rng, traits, signed_until)
        _leave_gaps(row, traits)
        yield {column: row.get(column, "") for column in COLUMNS}


def write_members(path: Path, count: int, seed: int, *, signed_until: dt.date = _LAST_SIGNATURE) -> None:
    """Write invented members as CSV in UTF-8 with a heading."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(members(count, seed, signed_until=signed_until))


# Of a hundred members: how many have the trait.
_SHARES = {
    "couple": 6,
    "no-birthdate": 4,
    "no-address": 3,
    "no-mandate": 5,
    "receive": 85,
    "consent": 80,
    "research": 45,
    "phone": 40,
    "note": 3,
    "foreign": 5,
    "paper": 4,
}


def _deck(rng: random.Random, share: int) -> Iterator[bool]:
    """Yes or no for ever: ``share`` yeses in each hundred, in random order."""
    cards = [number < share for number in range(100)]
    while True:
        rng.shuffle(cards)
        yield from cards


def _person(rng: random.Random, number: int, partner: dict[str, str], taken: set[str]) -> dict[str, str]:
    """A person whom nobody drawn before equals by name and date of birth."""
    while True:
        born = _OLDEST + dt.timedelta(days=rng.randrange((_YOUNGEST - _OLDEST).days))
        given, family = names.LONG_NAME if number == _LONG_NAME_AT else _name(rng, born.year)
        if partner and rng.random() < 0.7:  # noqa: PLR2004 (most couples share the name)
            family = partner["family_name"]
        key = f"{_plain(given)}{_plain(family)}{born}"
        if key not in taken:
            break
    taken.add(key)
    row = {"given_name": given, "family_name": family, "birthdate": born.isoformat(), "country": "DE"}
    shared = {column: partner[column] for column in ("street", "postal_code", "city", "email")} if partner else {}
    return row | (shared or _home(rng) | {"email": _email(rng, given, family, number)})


def _name(rng: random.Random, born: int) -> tuple[str, str]:
    given = _origin(rng, born)
    family = _origin(rng, born) if rng.random() < _MIXED_ORIGIN else given
    return rng.choice(names.ORIGINS[given][1]), rng.choice(names.ORIGINS[family][2])


def _origin(rng: random.Random, born: int) -> str:
    unfit = "german-elder" if born >= _YOUNGER_SINCE else "german-younger"
    origin = rng.choices(list(names.ORIGINS), [weight for weight, _, _ in names.ORIGINS.values()])[0]
    if origin == unfit:
        return "german-younger" if born >= _YOUNGER_SINCE else "german-elder"
    return origin


def _home(rng: random.Random) -> dict[str, str]:
    city, code, _ = rng.choices(names.TOWNS, [weight for _, _, weight in names.TOWNS])[0]
    return {"street": f"{_street(rng)} {rng.randint(1, 148)}{rng.choice(_DOORS)}", "postal_code": code, "city": city}


_DOORS = ("", "", "", "", "", " a", " b", "c", "/2")


def _street(rng: random.Random) -> str:
    if rng.random() < 0.15:  # noqa: PLR2004 (some streets are called otherwise)
        return rng.choice(names.STREETS_WHOLE)
    first, second = rng.choice(names.STREET_FIRST), rng.choice(names.STREET_SECOND)
    return first + (second.capitalize() if first.endswith(" ") else second)


def _email(rng: random.Random, given: str, family: str, number: int) -> str:
    local = f"{_plain(given)[:20]}{rng.choice(('.', '-', '_', ''))}{_plain(family)[:24]}{number}"
    return f"{local}@{rng.choice(names.MAIL_DOMAINS)}"


def _plain(text: str) -> str:
    """A name as it stands in a mail address: ``Gülşen O’Brien`` → ``guelsenobrien``."""
    spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).casefold().translate(_SPELLED))
    return "".join(character for character in spelled if character.isascii() and character.isalnum())


def _signatures(rng: random.Random, traits: dict[str, bool], until: dt.date) -> dict[str, str]:
    signed = (until - dt.timedelta(days=rng.randrange(30))).isoformat()
    phone = f"{rng.choice(names.PHONES)}{rng.randrange(1000):03d}"
    return {
        "language": rng.choice(("en", "en", "fr")) if traits["foreign"] else "de",
        "phone": phone if traits["phone"] else "",
        "mandate_date": signed,
        "receive_date": signed if traits["receive"] else "",
        "consent_version": "1" if traits["consent"] else "",
        "consent_scope": ("statistics research" if traits["research"] else "statistics") if traits["consent"] else "",
        "note": rng.choice(names.NOTES) if traits["note"] else "",
    }


def _leave_gaps(row: dict[str, str], traits: dict[str, bool]) -> None:
    missing = ["birthdate"] * traits["no-birthdate"] + ["mandate_date"] * traits["no-mandate"]
    if traits["paper"]:  # neither mail nor a permission to receive: only a letter on paper reaches an answer
        missing += ["email", "receive_date"]
    if traits["no-address"]:
        missing += ["street"] if len(row["family_name"]) % 2 else ["postal_code", "street"]
    row.update(dict.fromkeys(missing, ""))
