"""The dossier as a page and on paper: quiet, no wider than a telephone, and whole whatever it has to say."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from rightskit.cases.model import Answer, EventKind
from rightskit.rendering.page import page
from rightskit.rendering.paper import paper
from rightskit.reports.build import build
from rightskit.reports.dossier import Course, Dossier, Exhibit, Heading, LeftOut, Line, Person, facts, law
from rightskit.rights import Right

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 3, 2)
LONG = "Auskunftei" * 20
KINDS = (EventKind.SENT, EventKind.IDENTITY_DEMANDED, EventKind.EXTENDED, EventKind.REFUSED, EventKind.REMINDED)


def people(number: int, name: str) -> tuple[Person, ...]:
    lines = tuple(Line(DAY + dt.timedelta(days=n), str(kind), (n + 1,), False) for n, kind in enumerate(KINDS))
    course = Course(Right.ACCESS, "RK-7G2K-4Q9A", "email", DAY, True, False, frozenset(KINDS), lines)
    return tuple(Person(n, name if n % 2 else "", (course, course)) for n in range(1, number + 1))


def dossier(case, language: str, *, told: int, name: str = LONG) -> Dossier:
    some = people(told, name)
    answered = {"outcome": Answer.REFUSED, "days": 20, "first": 3}
    rows = [case(n, LONG, **(answered if n % 2 else {})) for n in range(12 if told else 0)]
    files = tuple(
        Exhibit(n, f"Exhibit {n}", f"exhibits/{n}.pdf", "Request of 2 March 2026 (copy)", 1, 2, "ab" * 32)
        for n in range(1, 6 if told else 1)
    )
    return Dossier(
        heading=Heading((LONG, "Deichstraße 5"), (), ("Initiative Mitmachen", "Bremen"), "Was wissen sie? " * 8, DAY),
        people=some,
        exhibits=files,
        figures=build("Titel", "Initiative", rows, None, today=DAY, language=language, threshold=3),
        counts_all=not told,
        facts=facts(some, language, DAY),
        law=law(some),
        left_out=(LeftOut(1, LONG, "too large", f"Not enclosed: {LONG} (too large)"),) if told else (),
        silent=None if told else 0,
        chosen=bool(told),
    )


@pytest.fixture(scope="module", params=[("de", 3), ("fr", 0)], ids=["full", "empty"])
def page_file(request, case, tmp_path_factory) -> Path:
    language, told = request.param
    path = tmp_path_factory.mktemp("page") / "dossier.html"
    values = {"dossier": dossier(case, language, told=told), "paper": False}
    path.write_text(page("dossier.html", language, values), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1200, "dark")])
def test_the_page_is_quiet_and_fits(look, page_file, width, scheme) -> None:
    found = look(page_file, width, scheme)
    assert found["said"] == []
    assert found["asked"] == [page_file.as_uri()]
    assert found["width"] == width
    assert found["headings"][0] == 1
    assert found["headings"].count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(found["headings"]))
    assert found["landmarks"] == [1, 1, 1]
    assert (found["nameless"], found["captionless"]) == (0, 0)
    assert found["axe"] == []


@pytest.mark.parametrize(("language", "told"), [("de", 1), ("fr", 0), ("en", 3)])
def test_on_paper_every_section_stands(case, language, told) -> None:
    raw = paper("dossier.html", language, {"dossier": dossier(case, language, told=told, name="N" * 200)})
    with pypdfium2.PdfDocument(raw) as document:
        text = "".join("".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document)
        sizes = {tuple(map(round, sheet.get_size())) for sheet in document}
    assert sizes == {(595, 842)}
    assert all(f"{number}." in text for number in range(1, 7))
    assert LONG in text
    assert ("N" * 200 in text) is bool(told)
    assert ("ab" * 32 in text) is bool(told)
