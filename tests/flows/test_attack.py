"""Five weeks of a campaign, published each week as report, export and barometer; and somebody who has all the files.

The attacker knows what every figure means, in which order the files came out, and of each row of an export whose it is
(which nobody outside knows). They subtract what can be subtracted. Nobody of whom a few are told may be found.
"""

from __future__ import annotations

import itertools
import json
import random
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from publications import NAMES, possible, read

from rightskit.reports.grading import CRITERIA
from rightskit.reports.microdata import TAKEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publications import Published

MEMBERS, THRESHOLD = 44, 5
FEW = range(1, THRESHOLD)
CAMPAIGN = f"""\
slug: probe
title: Was wissen sie?
organiser:
  name: Initiative Mitmachen
  email: hallo@mitmachen.example
  address: [Marktplatz 1, 28195 Bremen]
ways: [own-name]
account: campaign
requests:
  - rights: [access]
    controllers: [{", ".join(NAMES)}]
consent: {{version: "1", scopes: [statistics], text: Ich bin einverstanden.}}
threshold: {THRESHOLD}
"""
HEAD = (
    "member,given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date,receive_date,"
    "consent_version,consent_scope"
)
WEEKS = ("2026-03-16", "2026-03-23", "2026-03-30", "2026-04-13", "2026-05-11")
KINDS = ("report", "export", "barometer")
ORDER = [(day, kind) for day in WEEKS for kind in (*KINDS, *(("dossier",) if day in WEEKS[1::2] else ()))]
TOLD = ("M00000000", "M00000001", "M00000002")
"""They agreed that a dossier tells their course, and it does; whoever holds it knows all about them."""
POSSIBLE = list(possible(2000))
STEPS_OF_A_WEEK = ("data-received", "refused", "no-data", "identity-demanded", "acknowledged", "extended")


def _five_weeks(campaign) -> None:
    (campaign.folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    rows = [
        f"M{n:08},Qx{n:02}vorn,Qx{n:02}nach,Weg {n},28195,Bremen,DE,q{n}@post.example,1980-01-{n % 28 + 1:02},2026-02-20,2026-02-20"
        + (",1,statistics" if n < len(TOLD) else ",,")
        for n in range(MEMBERS)
    ]
    (campaign.folder / "all.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    campaign("members", "import", campaign.folder / "all.csv")
    campaign("plan")
    campaign("letters", "approve", "--by", "Ada Beispiel")
    campaign("send", "--to", "outbox")
    campaign("posted", "2026-03-02-outbox-1")
    (campaign.folder / "published").mkdir()
    rng = random.Random(11)
    for number, (day, kind) in enumerate(ORDER):
        if kind == KINDS[0]:
            _moves(campaign, rng, day)
        _publish(campaign, kind, f"{number:02}-{kind}")


def _moves(campaign, rng: random.Random, day: str) -> None:
    """Some steps of a few, some of many, at each controller."""
    waiting = defaultdict(list)
    for line in campaign.on(day).json("status"):
        if line["answer"] in {"none", "acknowledged", "in dialogue"}:
            waiting[line["controller"]].append(line["request"])
    noted = defaultdict(list)
    for requests in waiting.values():
        rng.shuffle(requests)
        for size in (rng.choice([1, 2, 3]), rng.choice([1, 4, 6]), rng.choice([7, 9, 12])):
            noted[rng.choice(STEPS_OF_A_WEEK)] += [requests.pop() for _ in range(min(size, len(requests)))]
    for kind, requests in noted.items():
        campaign.note(kind, requests, day)


def _publish(campaign, kind: str, name: str) -> None:
    from rightskit.vault import counted

    target = campaign.folder / "published" / name
    words = {
        "report": ("report", "--lang", "en", "-o", f"{target}.html"),
        "export": ("export", target),
        "barometer": ("report", "--lang", "en", "--barometer", target),
        "dossier": ("dossier", "suedstern", target, "--lang", "en"),
    }
    campaign(*words[kind])
    with campaign.vault().read() as connection:
        rows = [[reference, member, row] for reference, member, row in counted.all_counted(connection)]
    (campaign.folder / "published" / f"{name}.truth").write_text(json.dumps(rows), encoding="utf-8")


@pytest.fixture
def published(at) -> list[Published]:
    """In the order in which they came out."""
    campaign = at("five weeks published", "founded", _five_weeks)
    names = sorted(path.stem for path in (campaign.folder / "published").glob("*.truth"))
    assert len(names) == len(ORDER)
    return [read(campaign, name) for name in names]


def test_the_attacker_reads_rightly_and_has_something_to_read(published) -> None:
    for one in published:
        for cell, number in one.counts.items():
            assert len(one.behind(cell)) == number, (one.kind, cell)
    cells = [set(one.counts) for one in published if one.counts]
    assert min(map(len, cells)) >= 10
    assert any(one.grades for one in published)
    last = [one.truth for one in published]
    moved = [sum(after[key] != before[key] for key in after) for before, after in itertools.pairwise(last)]
    assert max(moved) >= THRESHOLD
    assert 0 in moved, "in some weeks too few moved"


def test_a_dossier_less_those_it_tells_of_leaves_nobody_or_enough(published) -> None:
    dossiers = [one for one in published if one.kind == "dossier"]
    assert any(one.counts for one in dossiers)
    for one in dossiers:
        for cell in one.counts:
            others = {key for key in one.behind(cell) if one.truth[key].member not in TOLD}
            assert one.people(others) not in FEW, cell


def test_from_one_publication_to_the_next_no_figure_changes_by_a_few(published) -> None:
    """Of one kind or of two: whoever came to a figure came with enough others, and whoever left it left with them."""
    meaning = {cell: holds for one in published for cell, holds in one.meaning.items()}
    for before, after in itertools.pairwise(published):
        for cell, holds in meaning.items():
            old = {key for key, row in before.truth.items() if holds(row)}
            new = {key for key, row in after.truth.items() if holds(row)}
            assert after.people(new - old) not in FEW, cell
            assert before.people(old - new) not in FEW, cell


def test_no_difference_of_figures_of_one_publication_is_of_a_few(published) -> None:
    """A figure less one or two others, wherever what is left is some requests, whatever happened to them."""
    for one in published:
        cells = sorted(one.counts)
        seen = np.array([[one.meaning[cell](row) for cell in cells] for row in POSSIBLE], dtype=np.int8)
        for number in (1, 2):
            for whole, *parts in itertools.permutations(range(len(cells)), number + 1):
                left = seen[:, whole] - seen[:, parts].sum(axis=1, dtype=np.int8)
                if parts == sorted(parts) and left.min() == 0:
                    rest = one.behind(cells[whole]).difference(*(one.behind(cells[part]) for part in parts))
                    assert one.people(rest) not in FEW, (cells[whole], [cells[part] for part in parts])


def test_rows_that_look_alike_are_those_of_enough(published) -> None:
    """Equal in all columns, or in any two of them; and together with what was taken away."""
    for one in published:
        columns = [name for name in next(iter(one.rows.values()), {}) if name != "row"]
        for pair in itertools.combinations(columns, 2):
            looks = defaultdict(set)
            for reference, row in one.rows.items():
                looks[tuple(row[name] for name in pair)].add(reference)
            assert not [look for look, some in looks.items() if one.people(some) in FEW], pair


SHOWS: Mapping[str, tuple[str, str]] = {
    "facts identity": ("identity", "yes"),
    "facts extended": ("extended", "yes"),
    "facts late": ("time", "late"),
    "facts overdue": ("time", "overdue"),
    "facts reminded": ("reminded", "yes"),
    "outcomes data": ("answer", "data"),
    "outcomes refused": ("answer", "refused"),
    "outcomes no_data": ("answer", "no-data"),
    "outcomes dialogue": ("answer", "in-dialogue"),
}


def test_rows_less_the_figures_of_the_same_day_are_of_nobody_or_of_enough(published) -> None:
    """All requests of a figure, less those whose row says so; for each controller too."""
    for one in published:
        for cell, (column, value) in SHOWS.items():
            if cell in one.counts:
                shown = {reference for reference, row in one.rows.items() if row[column] == value}
                rest = one.behind(cell) - shown
                assert not shown or one.people(rest) not in FEW, cell
        for controller, (column, outcome) in itertools.product(
            NAMES.values(), (("data", "data"), ("refused", "refused"), ("identity", "yes"))
        ):
            cell, name = f"{controller} {column}", "identity" if column == "identity" else "outcome"
            if cell in one.counts:
                shown = {
                    reference
                    for reference, row in one.rows.items()
                    if (row["controller"], row[name]) == (controller, outcome)
                }
                assert not shown or one.people(one.behind(cell) - shown) not in FEW, cell


def test_values_taken_from_rows_are_taken_from_enough(published) -> None:
    for one in published:
        for column in next(iter(one.rows.values()), {}):
            taken = {reference for reference, row in one.rows.items() if row[column] == TAKEN}
            assert one.people(taken) not in FEW, column


def _requests(one: Published, controller: str, criterion: str) -> tuple[set[str], set[str]]:
    """What a grade speaks of, and of which of it it holds."""
    known = next(item for item in CRITERIA if item.key == criterion)
    base = {key for key, row in one.truth.items() if row.controller_id == controller and known.base(row)}
    return base, {key for key in base if known.holds(one.truth[key])}


def test_a_grade_tells_of_no_few(published) -> None:
    """The attacker knows how many requests a share speaks of, and which numbers give the rounded share."""
    for one in published:
        for (controller, criterion), share in one.grades.items():
            base, holds = _requests(one, controller, criterion)
            step = next(s for s in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if s * one.people(base) >= THRESHOLD)
            may = {n for n in range(len(base) + 1) if abs(n / len(base) - share) <= step / 2 + 1e-9}
            assert len(holds) in may, (controller, criterion)
            assert not may <= set(FEW), (controller, criterion)
            assert not {len(base) - n for n in may} <= set(FEW), (controller, criterion)


def test_a_grade_that_changes_changes_by_enough(published) -> None:
    """Between two barometers, with whatever was published in between."""
    sites = [(place, one) for place, one in enumerate(published) if one.kind == "barometer"]
    for (first, before), (second, after) in itertools.pairwise(sites):
        for key in before.grades.keys() & after.grades.keys():
            if before.grades[key] != after.grades[key]:
                steps = itertools.pairwise(published[first : second + 1])
                moved = [
                    {k for k, row in new.truth.items() if row.controller_id == key[0] and row != old.truth.get(k)}
                    for old, new in steps
                ]
                assert any(moved)
                assert not [some for some in moved if after.people(some) in FEW], key


def test_where_nobody_moved_no_figure_of_any_kind_is_another(published) -> None:
    for before, after in itertools.pairwise(published):
        if before.truth == after.truth:
            for cell in before.counts.keys() & after.counts.keys():
                assert before.counts[cell] == after.counts[cell]
