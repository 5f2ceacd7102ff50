"""The page in a real browser: silent, alone, and no wider than a telephone."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from rightskit import paths
from rightskit.campaign.population import Population
from rightskit.cases.model import Answer
from rightskit.disclosures.pool import Pool
from rightskit.disclosures.tabulation import PoolTable
from rightskit.rendering import charts
from rightskit.rendering.page import page as rendered
from rightskit.reports.arms import Drawn
from rightskit.reports.build import build
from rightskit.reports.memberrow import MemberRow
from rightskit.reports.model import AtRisk, Curve, CurvePoint
from rightskit.reports.quality import Audit
from rightskit.reports.recruitment import Members
from rightskit.vault.statements import Statement

if TYPE_CHECKING:
    from pathlib import Path

WIDE = PoolTable(
    "risk", "Risk", "distribution", "", "inferred", 90, ("Sector", *[f"level {n}" for n in range(12)]),
    (("banks", 20, None, *range(10)), ("averyveryverylongnamewithoutanyspace" * 3, *range(12))), "Hidden",
)  # fmt: skip
ANSWERS = PoolTable(
    "home", "Wohnen", "distribution", "", "provided", 70, ("Wohnen", "members"),
    (("zur Miete", 40), ("im" * 60, None), ("keine Angabe", 12), ("members", 70)), "Hidden", "2026-05-04",
)  # fmt: skip
POPULATIONS = (
    Population("ages", "Menschen in Musterland", "Amt für Beispiele " * 9, 2024, {"18-29": 0.4, "30-44": 0.6}),
    Population("home", "Menschen in Musterland", "Amt" * 50, 2024, {"zur Miete": 0.7, "im" * 60: 0.3}),
)


def html(report) -> str:
    return rendered("report.html", report.language, {"report": report})


@pytest.fixture(scope="module", params=["full", "empty"])
def page_file(request, case, tmp_path_factory) -> Path:
    rng, rows = random.Random(3), []
    for member in range(70 if request.param == "full" else 0):
        for name in ("Alpha Bureau", "Auskunftei" * 20, "Gamma & Söhne"):
            days = rng.randint(3, 80)
            answered = {"outcome": Answer.DATA, "days": days, "first": 3} if rng.random() < 0.7 else {}
            rows.append(
                case(
                    member,
                    name,
                    **answered,
                    identity_demanded=rng.random() < 0.5,
                    language="de" if member % 3 else "fr",
                    arm=("mail", "Einschreiben mit Rückschein")[rng.random() < 0.5],
                    since=dt.date(2026, 3, 4) if answered and name == "Gamma & Söhne" else None,
                )
            )
    pool = Pool((WIDE, ANSWERS), 90, 1, 10) if rows else None
    ages = ["18-29", "30-44", ""]
    people = tuple(MemberRow(f"M{n:08d}", signed=True, complete=n % 2 > 0, age=ages[n % 3]) for n in range(90))
    made = build(
        "Was wissen sie?" * 8,
        "Initiative",
        rows,
        pool,
        today=dt.date(2026, 6, 1),
        language="de",
        threshold=10,
        said=(("Alpha Bureau", Statement("a", "reply", dt.date(2026, 5, 4), "Das\n\nstimmt " + "nicht" * 60)),)
        if rows
        else (),
        audit=Audit(80, 2),
        members=Members(people if rows else (), populations=POPULATIONS),
        drawn=Drawn(
            (("mail", "Einschreiben mit Rückschein"),), ("Vor dem Versand festgehalten. SHA-256: " + "ab" * 32,)
        ),
    )
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html(made), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_is_quiet_and_fits(look, page_file, scheme, width) -> None:
    found = look(page_file, width, scheme)
    assert found["said"] == []
    assert found["asked"] == [page_file.as_uri()]
    assert found["width"] == width
    assert found["paper"] == {"light": "rgb(255, 255, 255)", "dark": "rgb(19, 22, 27)"}[scheme]
    assert found["headings"][0] == 1
    assert found["headings"].count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(found["headings"]))
    assert found["landmarks"] == [1, 1, 1]
    assert (found["nameless"], found["captionless"], found["unheard"]) == (0, 0, 0)
    assert width > 360 or found["cut"] == 0
    assert found["axe"] == []


def test_on_paper_the_tables_stand_open(browser, page_file) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.emulate_media(media="print")
    heights = page.evaluate(
        "[...document.querySelectorAll('details table')].map(part => part.getBoundingClientRect().height)"
    )
    paper = page.pdf(prefer_css_page_size=True)
    context.close()
    assert paper.startswith(b"%PDF")
    assert all(height > 20 for height in heights)


TEXTS = """() => [...document.querySelectorAll('section')].map(part => [...part.querySelectorAll('svg text')]
    .map(text => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width))"""
TOUCHING = f"""() => ({TEXTS})().flatMap(texts => texts.flatMap(([one, a], place) => texts.slice(place + 1)
    .filter(([, b]) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom)
    .map(([other]) => one + ' / ' + other)))"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('svg text')].filter(text => text.getBoundingClientRect().width)
    .map(text => 12 * text.getScreenCTM().a))"""


def section(language: str, last: int) -> str:
    """Curves until a day, over 30,000 requests."""
    points = tuple(CurvePoint(day, day / last, day / last, day / last) for day in range(0, last + 1, 7))
    curves, waiting = [Curve("final", points, None)], [AtRisk(day, 30_000 - day) for day in (0, 30, 60, 90)]
    drawn = charts.steps(language, curves, waiting, "", paper=False).replace("curve-", f"{language}-{last}-")
    return f"<section>{drawn}</section>"


@pytest.mark.parametrize("width", [360, 700, 1200])
def test_no_words_of_a_chart_touch_and_none_are_too_small(browser, width) -> None:
    style = (paths.shipped("letters") / "pages" / "report.css").read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    sections = [section(language, last) for language in ("de", "en", "fr") for last in (14, 91, 175, 182, 700)]
    page.set_content(f"<style>{style}</style>{''.join(sections)}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert len(page.evaluate(TEXTS)[0]) > 10
    assert page.evaluate(TOUCHING) == []
    assert page.evaluate(SMALLEST) > 9
    page.close()
