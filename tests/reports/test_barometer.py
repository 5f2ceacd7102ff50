"""The barometer: its order, its files, and its pages in a browser."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random
import re
from typing import TYPE_CHECKING

import pytest

from rightskit.cases.model import Answer
from rightskit.flows.barometer import site as files_of
from rightskit.flows.progress import silent
from rightskit.reports import barometerdata
from rightskit.reports.barometer import Barometer, Published, places
from rightskit.reports.build import figures
from rightskit.reports.period import began
from rightskit.reports.quality import Audit
from rightskit.vault.statements import Preview, Statement

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 6, 1)
LANGUAGES = ["de", "fr", "en"]
NOBODY = Published({}, [])
AUDIT = Audit(80, 1)
TOLD = Published(
    {"c1": Preview("c1", dt.date(2026, 5, 4), dt.date(2026, 5, 18))},
    [
        Statement("c1", "reply", dt.date(2026, 5, 12), "We moved house.\n\n<b>Sorry</b> for that."),
        Statement("c1", "correction", dt.date(2026, 5, 20), "Two answers were overlooked."),
    ],
)


def answers(case, place: int, name: str, people: int, good: float):
    """Invented requests to one controller; `good` is how well it behaves, from 0 to 1."""
    rng = random.Random(place)
    for member in range(people):
        values = {"controller_id": f"c{place}", "items": frozenset("abcdefgh"), "form": rng.choice(["json", "pdf"])}
        if rng.random() < good:
            yield case(member, name, Answer.DATA, days=rng.randint(3, 60), late=rng.random() > good, **values)
        else:
            yield case(member, name, overdue=True, controller_id=f"c{place}")


def barometer(rows, language="en", published=NOBODY, audit=AUDIT, title="Who answers?") -> Barometer:
    found, others = places(rows, figures(rows, 10, TODAY).controllers, published, audit, 10)
    return Barometer(title, "Open Answers", TODAY, language, 10, found, others, audit, began(rows, 10))


def site(found: Barometer) -> dict[str, str]:
    made = {**files_of(found, silent), **barometerdata.files(found)}
    return {name: content.decode() for name, content in made.items()}


@pytest.fixture(scope="module")
def rows(case):
    """Four controllers: a good one, one with a long name, a bad one, and one that nearly nobody wrote to."""
    return [
        *answers(case, 0, "Alpha Bureau", 80, 0.95),
        *answers(case, 1, "Gesellschaft" * 17, 80, 0.6),
        *answers(case, 2, "Gamma & Söhne", 80, 0.0),
        *answers(case, 3, "Delta", 4, 0.5),
    ]


def test_the_better_one_comes_first(rows) -> None:
    found = barometer(rows)
    assert [place.id for place in found.places] == ["c0", "c1", "c2"]
    assert [place.rank for place in found.places] == [1, 2, 3]
    assert found.others == 1
    assert not any("Delta" in text for text in site(found).values())


def test_equal_means_share_a_rank_and_stand_by_name(case) -> None:
    good = {"outcome": Answer.DATA, "days": 9, "form": "json"}
    rows = [case(n, f"Bureau {n % 3}", **good, controller_id=f"c{5 - n % 3}") for n in range(180)]
    found = barometer([*rows, *answers(case, 9, "Last", 60, 0.0)])
    assert [(place.name, place.rank) for place in found.places] == [
        ("Bureau 0", 1),
        ("Bureau 1", 1),
        ("Bureau 2", 1),
        ("Last", 4),
    ]


def test_a_good_mean_does_not_hide_in_the_headline_that_half_came_late(case) -> None:
    good = {"outcome": Answer.DATA, "days": 9, "form": "json", "items": frozenset("abcdefgh")}
    prompt = [case(n, "Prompt", **good, controller_id="c1") for n in range(60)]
    tardy = [case(n, "Tardy", **good, late=n % 2 == 0, controller_id="c2") for n in range(60)]
    found = barometer([*prompt, *tardy])
    assert all(place.mean > 3 for place in found.places)
    assert "Of 2 graded controllers, one earns at least a B in every respect." in site(found)["index.html"]


def test_too_few_grades_make_no_rank(case) -> None:
    found = barometer([case(n, "Silent", controller_id="c9") for n in range(60)])
    assert [(place.rank, place.mean) for place in found.places] == [(None, None)]
    pages = site(found)
    assert "No controller can be ranked yet." in pages["index.html"]
    assert "A rank needs at least 3 grades." in pages["index.html"]
    assert "too few people" in pages["controllers/c9.html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_renders_in_every_language(rows, language: str) -> None:
    made = site(barometer(rows, language, TOLD))
    for name, text in made.items():
        if name.endswith(".html"):
            seen = re.sub(r"(?s)<style>.*?</style>|<[^>]+>", " ", text)
            assert f'<html lang="{language}">' in text
            assert not re.search(r"\{\{|\{%|report\.|barometer\.", seen), name
            assert not re.search(r"<script|https?:|url\(|@import", text), name


def test_every_link_leads_somewhere(rows) -> None:
    made = site(barometer(rows, published=TOLD))
    for name, text in made.items():
        for target in re.findall(r'href="([^"]+)"', text) if name.endswith(".html") else ():
            if target != "data:,":
                file, _, part = target.partition("#")
                path = f"{name.rpartition('/')[0]}/{file}".lstrip("/").replace("controllers/../", "") if file else name
                assert path in made, f"{name} leads to {target}"
                assert not part or f'id="{part}"' in made[path], f"{name} leads to {target}"


def test_no_grade_stands_without_how_many_people_are_behind_it_and_what_it_means(rows) -> None:
    made, found = site(barometer(rows)), barometer(rows)
    ranking = json.loads(made["data/ranking.json"])["rows"]
    for place, record in zip(found.places, ranking, strict=True):
        assert {grade.key: record[f"{grade.key}_people_at_least"] for grade in place.grades} == {
            grade.key: grade.people for grade in place.grades
        }
    cells = re.findall(r'(?s)<td role="cell" class="mark">(.*?)</td>', made["index.html"])
    graded = [cell for cell in cells if re.search('class="grade [A-E]"', cell)]
    assert len(graded) == sum(bool(grade.mark) for place in found.places for grade in place.grades) > 5
    assert all(re.search("≥ \\d+", cell) for cell in graded)
    for key in ("reachable", "on_time", "identity", "readable", "complete"):
        assert f'<dt id="{key}">' in made["index.html"]
        assert f'href="#{key}"' in made["controllers/c0.html"]
        assert f'<dt id="{key}">' in made["controllers/c0.html"]


def test_a_reply_and_a_correction_stand_on_the_page_as_text(rows) -> None:
    page = site(barometer(rows, published=TOLD))["controllers/c1.html"]
    assert "&lt;b&gt;Sorry&lt;/b&gt; for that." in page
    assert "Reply of the controller of 12 May 2026" in page
    assert "Correction by the campaign of 20 May 2026" in page
    assert "in advance on 4 May 2026; it could reply until 18 May 2026." in page
    other = site(barometer(rows, published=TOLD))["controllers/c0.html"]
    assert "did not receive these figures in advance" in other
    assert "We moved house" not in other
    told = json.loads(site(barometer(rows, published=TOLD))["controllers/c1.json"])["said"]
    assert [(one["kind"], one["day"]) for one in told] == [("reply", "2026-05-12"), ("correction", "2026-05-20")]
    index = site(barometer(rows, published=TOLD))["index.html"]
    assert (index.count("with its reply"), index.count("corrected")) == (1, 1)


def test_the_tables_say_the_same_as_json_and_csv(rows) -> None:
    made = site(barometer(rows))
    for stem in ("data/ranking", "data/definitions", "controllers/c0"):
        records = json.loads(made[f"{stem}.json"])["rows"]
        lines = list(csv.DictReader(io.StringIO(made[f"{stem}.csv"])))
        as_text = [{key: "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell) for key, cell in one.items()} for one in records]  # fmt: skip
        assert lines == as_text
    ranking = json.loads(made["data/ranking.json"])
    assert ranking["controllers_too_small_to_show"] == 1
    assert [one["controller"] for one in ranking["rows"]] == ["c0", "c1", "c2"]


def test_nobody_stands_in_it(rows) -> None:
    members = {row.member for row in rows}
    assert not any(member in text for text in site(barometer(rows)).values() for member in members)


def test_the_definitions_say_what_grades_rest_on(rows) -> None:
    audited = site(barometer(rows))["definitions.html"]
    assert "People checked 80 decisions of the program and found 1 to be wrong; the error rate is 6.7%" in audited
    assert "Only what people have looked at is graded." in site(barometer(rows, audit=Audit(49, 0)))["definitions.html"]


def test_an_empty_campaign_says_so() -> None:
    made = site(barometer([]))
    assert "No request has gone out yet." in made["index.html"]
    assert json.loads(made["data/ranking.json"])["rows"] == []
    assert made["data/ranking.csv"] == "\r\n"


def test_one_member(case) -> None:
    found = barometer([case(1, "Alpha Bureau", Answer.DATA, days=9, controller_id="c0")])
    assert (found.places, found.others) == ((), 1)
    assert "too few people to be shown: 1." in site(found)["index.html"]


def test_five_hundred_controllers(case) -> None:
    rows = [row for place in range(500) for row in answers(case, place, f"Bureau {place:03}", 20, (place % 10) / 9)]
    found = barometer(rows)
    assert len(found.places) == 500
    made = site(found)
    assert made["index.html"].count("<tr ") > 500
    assert len(made) == 2 + 4 + 3 * 500


@pytest.fixture(scope="module")
def shown(rows, tmp_path_factory) -> Path:
    """The site of a campaign, and that of an empty one."""
    folder = tmp_path_factory.mktemp("site")
    for name, found in (
        ("full", barometer(rows, "de", TOLD, title="Was wissen sie?" * 8)),
        ("empty", barometer([], "fr")),
    ):
        for path, text in site(found).items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["full/index", "full/definitions", "full/controllers/c1", "empty/index", "empty/definitions"])  # fmt: skip
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1200, "dark")])
def test_the_pages_are_quiet_and_fit(look, shown, name, width, scheme) -> None:
    file = shown / f"{name}.html"
    found = look(file, width, scheme)
    assert (found["said"], found["asked"], found["width"]) == ([], [file.as_uri()], width)
    assert found["landmarks"] == [1, 1, 1]
    assert (found["nameless"], found["captionless"], found["unheard"]) == (0, 0, 0)
    assert found["axe"] == []
