"""The five weeks give an attacker something to read: else their finding nobody would say nothing."""

from __future__ import annotations

import itertools

import pagecells
import tablecells
from fiveweeks import THRESHOLD


def test_there_are_numbers_of_every_kind(published) -> None:
    assert min(len(one.cells) for one in published if one.cells) >= 10
    assert any(one.grades for one in published)
    assert any(one.arms for one in published)
    assert any(one.cells for one in published if one.kind == "dossier")
    assert {"joined", "consented", "no_consent", "mandated"} <= set().union(*(one.heads for one in published))
    documents = set().union(*(one.documents for one in published))
    assert {"pool", "pool colour"} <= documents
    assert any("received" in cell for cell in documents)


def test_there_are_all_tables_and_sections(published) -> None:
    for one in published:
        if known := {"export": tablecells, "report": pagecells}.get(one.kind):
            assert one.names >= known.EXACT - {"decisions", "figures"}, one.kind


def test_in_some_weeks_enough_moved_and_in_others_nobody(published) -> None:
    truths = [one.truth for one in published]
    moved = [sum(after[key] != before[key] for key in after) for before, after in itertools.pairwise(truths)]
    assert max(moved) >= THRESHOLD
    assert 0 in moved
