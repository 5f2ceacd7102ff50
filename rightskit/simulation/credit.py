"""What an invented controller attaches: the data it holds about the person who asked.

The scores are invented too: people under thirty, and people in a handful of towns, get slightly lower ones, and some
sectors score lower than others, so that a pool of many answers has something to show.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from typing import TYPE_CHECKING

from rightskit.simulation import documents

if TYPE_CHECKING:
    from rightskit.simulation.letterbox import Mail
    from rightskit.simulation.profiles import Profile

_LOWER_TOWNS = frozenset({"Gelsenkirchen", "Duisburg", "Bremerhaven", "Chemnitz", "Gera", "Neubrandenburg"})
_SECTOR_SHIFT = {"telecoms": -2.6, "mail-order": -3.4, "retail": -1.2, "mortgage-lenders": 0.4, "self-employed": -1.8}
_AGE_SHIFT = ((30, -2.4), (40, -0.9), (60, 0.0), (200, 0.5))


def held(mail: Mail, seed: int, on: dt.date) -> tuple[documents.Subject, documents.CreditFile]:
    """The person as the controller knows them, and what it holds about them on a day.

    A date of birth or an address that the letter did not give is what the controller happens to have on file.
    """
    rng = random.Random(f"{seed}/{mail.reference}/held")  # noqa: S311 (reproducible, not secret)
    birthdate = mail.birthdate or dt.date(rng.randint(1940, 2002), rng.randint(1, 12), rng.randint(1, 28))
    subject = documents.Subject(
        name=mail.name,
        birthdate=birthdate,
        street=mail.street or "Anschrift nicht bekannt",
        postal_code=mail.postal_code,
        city=mail.city,
    )
    return subject, _shifted(documents.credit_file(rng, on), _shift(birthdate, mail.city, on))


def document(mail: Mail, profile: Profile, *, seed: int, on: dt.date, sheet: bool) -> tuple[str, bytes]:
    """A file's name and bytes: the score sheet as PDF, or the export as ZIP."""
    subject, file = held(mail, seed, on)
    if sheet:
        pdf = documents.score_sheet_pdf(
            subject, file, bureau=profile.name, address=profile.address, reference=mail.reference, on=on
        )
        return f"Datenkopie_{mail.reference}.pdf", pdf
    export = documents.export_zip(subject, file, bureau=profile.name, reference=mail.reference, on=on)
    return f"Auskunft_{subject.name.rpartition(' ')[2]}.zip", export


def _shift(birthdate: dt.date, city: str, on: dt.date) -> float:
    """Points of a hundred by which a person's scores differ from the usual draw."""
    age = (on - birthdate).days // 365
    by_age = next(shift for limit, shift in _AGE_SHIFT if age < limit)
    return by_age - (1.3 if city in _LOWER_TOWNS else 0.0)


def _shifted(file: documents.CreditFile, shift: float) -> documents.CreditFile:
    scores = {
        sector: float(min(9999, max(1, round(score + 100 * (shift + _SECTOR_SHIFT.get(sector, 0.0))))))
        for sector, score in file.scores.items()
    }
    base = round(min(99.99, max(0.01, file.base_score + shift)), 2)
    return dataclasses.replace(file, base_score=base, scores=scores)
