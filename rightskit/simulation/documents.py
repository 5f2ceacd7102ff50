"""What two invented credit bureaus send back: a score sheet as PDF, and an export as ZIP.

The layouts and the people are invented; they read like the answers that German bureaus give under Art. 15 GDPR, so
that ``recipes/de-credit-score-sheet.yaml`` and ``recipes/de-credit-bureau-export.yaml`` have something to read. The
simulated controllers call :func:`credit_file`, :func:`score_sheet_pdf` and :func:`export_zip`.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import html
import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.simulation.creditwords import (
    COMPANIES,
    CREDITOR_TYPES,
    ENTRY_KINDS,
    PURPOSES,
    RATINGS,
    SECTORS,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Subject:
    """The invented person whom a document is about."""

    name: str
    birthdate: dt.date
    street: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored contract or claim.

    Attributes:
        kind: key of ``ENTRY_KINDS`` in ``creditwords``.
        creditor: name of the invented company that reported it.
        creditor_type: key of ``CREDITOR_TYPES``.
        amount: in euro; None where no amount is stored.
        reported: when it was reported.
    """

    kind: str
    creditor: str
    creditor_type: str
    amount: float | None
    reported: dt.date


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One enquiry by a company; ``purpose`` is a key of ``PURPOSES``."""

    made: dt.date
    company: str
    purpose: str


@dataclass(frozen=True, slots=True)
class CreditFile:
    """What a bureau holds about one person.

    Attributes:
        base_score: in percent, two decimals.
        scores: key of ``SECTORS`` → score value from 0 to 9999.
        scored: when the scores were computed.
    """

    base_score: float
    scores: Mapping[str, float]
    scored: dt.date
    entries: Sequence[Entry]
    enquiries: Sequence[Enquiry]


def credit_file(rng: random.Random, on: dt.date) -> CreditFile:
    """Draw what a bureau might hold about one person on a day; the same ``rng`` state gives the same file."""
    base = round(100 - min(60.0, rng.lognormvariate(1.1, 0.75)), 2)
    scores = {sector: _sector_score(rng, base) for sector in SECTORS}
    troubled = base < 94  # noqa: PLR2004 (a claim stands only in files with a low score)
    companies = [c for c in COMPANIES if troubled or c[2] != "collection"]
    chosen = rng.sample(companies, rng.randint(1, min(4, len(companies))))
    asked = rng.choices(COMPANIES, k=rng.randint(0, 4))
    return CreditFile(
        base_score=base,
        scores=scores,
        scored=on.replace(day=1),
        entries=tuple(_entry(rng, company, on) for company in chosen),
        enquiries=tuple(_enquiry(rng, company[0], on) for company in asked),
    )


def _sector_score(rng: random.Random, base: float) -> float:
    return float(max(1, min(9999, round(base * 100 - abs(rng.gauss(150, 250))))))


def _entry(rng: random.Random, company: tuple[str, str, str], on: dt.date) -> Entry:
    name, creditor_type, kind = company
    amount = None if kind == "current-account" else round(rng.lognormvariate(6.5, 1.1), 2)
    return Entry(kind, name, creditor_type, amount, on - dt.timedelta(days=rng.randint(20, 3000)))


def _enquiry(rng: random.Random, company: str, on: dt.date) -> Enquiry:
    return Enquiry(on - dt.timedelta(days=rng.randint(1, 360)), company, rng.choice(list(PURPOSES)))


def score_sheet_pdf(  # noqa: PLR0913 (the parts of a letter)
    subject: Subject, file: CreditFile, *, bureau: str, address: str, reference: str, on: dt.date
) -> bytes:
    """The bureau's letter with its score sheet: two pages A4, German, with text.

    Args:
        subject: whom the letter is about and goes to.
        file: what is held.
        bureau: the sender's name.
        address: the sender's address on one line.
        reference: of the request, printed as ``Ihr Zeichen``.
        on: the letter's date.
    """
    weasyprint, fonts, style, fetcher = _printer()
    letter = _letter_page(subject, file, bureau, address, reference, on) + _sheet_page(file)
    text = f"<html lang=de><head><title>Auskunft</title></head><body>{letter}</body></html>"
    page = weasyprint.HTML(string=text, url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(font_config=fonts, stylesheets=[style], pdf_identifier=reference.encode())
    return pdf


def export_zip(subject: Subject, file: CreditFile, *, bureau: str, reference: str, on: dt.date) -> bytes:
    """The bureau's export: ``data.json``, ``enquiries.csv`` and ``LIESMICH.txt`` in one ZIP.

    Args:
        subject: whom the export is about.
        file: what is held.
        bureau: the sender's name.
        reference: of the request.
        on: the day of the export.
    """
    members = {
        "data.json": json.dumps(_export(subject, file, bureau, reference, on), ensure_ascii=False, indent=2),
        "enquiries.csv": _enquiries_csv(file.enquiries),
        "LIESMICH.txt": _README.format(bureau=bureau, on=_day(on)),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(f"auskunft/{name}", (on.year, on.month, on.day, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
    return buffer.getvalue()


@functools.cache
def _printer() -> tuple[Any, Any, Any, Any]:
    import weasyprint  # noqa: PLC0415 (heavy: only where used)

    library: Any = weasyprint
    fonts = library.text.fonts.FontConfiguration()
    fetcher = library.urls.URLFetcher(allowed_protocols=())
    return library, fonts, library.CSS(string=_STYLE, font_config=fonts, url_fetcher=fetcher), fetcher


_STYLE = """
@page { size: A4; margin: 22mm 20mm; @bottom-right { content: "Seite " counter(page) " von " counter(pages) } }
body { font: 10pt/1.35 sans-serif }
h2 { font-size: 11pt; margin: 5mm 0 1mm }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; white-space: nowrap; padding: 0.6mm 2mm; border-bottom: 0.2mm solid #999; font-size: 8.5pt }
.sender { font-size: 8pt } .to { margin: 6mm 0 10mm } .sheet { page-break-before: always }
"""


def _letter_page(  # noqa: PLR0913, PLR0917 (the parts of a letter)
    subject: Subject, file: CreditFile, bureau: str, address: str, reference: str, on: dt.date
) -> str:
    name, sender = html.escape(subject.name), html.escape(bureau)
    street, town = html.escape(subject.street), html.escape(f"{subject.postal_code} {subject.city}")
    return f"""
<p class=sender>{sender} · {html.escape(address)}</p>
<p class=to>{name}<br>{street}<br>{town}</p>
<p>Ihr Zeichen: {html.escape(reference)}<br>Datum: {_day(on)}</p>
<p><b>Auskunft nach Artikel 15 DSGVO</b></p>
<p>Guten Tag {name},</p>
<p>Sie haben uns gefragt, welche Daten wir zu Ihnen verarbeiten. Auf den folgenden Zeilen finden Sie alles, was
am {_day(on)} unter Ihrem Namen gespeichert war. Die Auskunft ist für Sie kostenfrei.</p>
<h2>1. Angaben zur Person</h2>
<p>Name: {name}<br>Geburtsdatum: {_day(subject.birthdate)}<br>Anschrift: {street}, {town}</p>
<h2>2. Basisscore</h2>
<p>Ihr Basisscore: {_number(file.base_score)} %<br>Berechnet am: {_day(file.scored)}</p>
<p>Der Basisscore ist ein Prozentwert zwischen 0 und 100. Je höher er ist, desto wahrscheinlicher ist es nach
unserer Berechnung, dass Rechnungen bezahlt werden.</p>
<h2>3. Zwecke, Empfänger und Speicherdauer</h2>
<p>Wir verarbeiten diese Daten, um unseren Vertragspartnern die Einschätzung von Zahlungsausfällen zu
ermöglichen (Artikel 6 Absatz 1 Buchstabe f DSGVO). Empfänger sind Unternehmen, die mit Ihnen einen Vertrag
schließen oder schließen wollen. Erledigte Forderungen löschen wir nach drei Jahren, Anfragen nach zwölf Monaten.</p>
<p>Sie können die Berichtigung unrichtiger Daten verlangen, der Verarbeitung widersprechen und sich bei einer
Aufsichtsbehörde beschweren.</p>
<p>Mit freundlichen Grüßen<br>{sender}<br>Verbraucherservice</p>"""


def _sheet_page(file: CreditFile) -> str:
    scores = [_score_cells(sector, score) for sector, score in file.scores.items()]
    heads = ("Branche", "Scorewert", "Ratingstufe", "Erfüllung", "Risiko")
    parts = ["<div class=sheet><h2>4. Branchenscores</h2>", _table(heads, scores)]
    parts.append(f"<h2>5. Gespeicherte Informationen</h2><p>Anzahl der Einträge: {len(file.entries)}</p>")
    if file.entries:
        heads = ("Art", "Vertragspartner", "Wirtschaftszweig", "Betrag", "Gemeldet am")
        parts.append(_table(heads, [_entry_cells(entry) for entry in file.entries]))
    parts.append("<h2>6. Anfragen der letzten zwölf Monate</h2>")
    parts.append(f"<p>Anzahl der Anfragen: {len(file.enquiries)}</p>")
    if file.enquiries:
        cells = [(_day(e.made), e.company, PURPOSES[e.purpose]) for e in file.enquiries]
        parts.append(_table(("Datum", "Anfragendes Unternehmen", "Anlass"), cells))
    parts.append("<p>Ende der Auskunft</p></div>")
    return "\n".join(parts)


def _score_cells(sector: str, score: float) -> tuple[str, ...]:
    level, risk = next((level, risk) for least, level, risk in RATINGS if score >= least)
    return SECTORS[sector], f"{score:.0f}", level, f"{_number(score / 100)} %", risk


def _entry_cells(entry: Entry) -> tuple[str, ...]:
    amount = "–" if entry.amount is None else f"{_number(entry.amount)} EUR"
    return (
        ENTRY_KINDS[entry.kind],
        entry.creditor,
        CREDITOR_TYPES[entry.creditor_type],
        amount,
        _day(entry.reported),
    )


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in heads)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _export(subject: Subject, file: CreditFile, bureau: str, reference: str, on: dt.date) -> dict[str, Any]:
    return {
        "schema": "auskunft-export/2",
        "bureau": bureau,
        "reference": reference,
        "exportedAt": on.isoformat(),
        "person": {
            "name": subject.name,
            "birthDate": subject.birthdate.isoformat(),
            "address": {"street": subject.street, "postalCode": subject.postal_code, "city": subject.city},
        },
        "score": {"value": file.base_score, "scale": "percent", "calculatedAt": file.scored.isoformat()},
        "entries": [_export_entry(entry) for entry in file.entries],
    }


def _export_entry(entry: Entry) -> dict[str, Any]:
    return {
        "type": entry.kind,
        "creditor": {"name": entry.creditor, "type": entry.creditor_type},
        "amount": None if entry.amount is None else {"value": entry.amount, "currency": "EUR"},
        "reportedAt": entry.reported.isoformat(),
    }


def _enquiries_csv(enquiries: Iterable[Enquiry]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(("Datum", "Unternehmen", "Anlass"))
    writer.writerows((_day(e.made), e.company, PURPOSES[e.purpose]) for e in enquiries)
    return text.getvalue()


_README = """\
{bureau}: Auskunft nach Artikel 15 DSGVO vom {on}

data.json       Ihre Stammdaten, Ihr Score und die gespeicherten Einträge
enquiries.csv   Anfragen der letzten zwölf Monate (Trennzeichen: Semikolon)
"""


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"


def _number(value: float) -> str:
    """A number as German texts print it: ``1.234,50``."""
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
