"""Blocks of a page as rows: whole, in a stream, with dates in doubt, and without one value in their skeleton."""

import html
import io
import re
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.disclosures import recipe, recognition
from rightskit.disclosures.drift import compare
from rightskit.disclosures.extract import Extraction, extract
from rightskit.disclosures.model import Disclosure
from rightskit.disclosures.skeleton import skeletons
from rightskit.disclosures.vocabulary import vocabulary
from rightskit.errors import FaultsError
from rightskit.files.limits import Limits

RECIPE = """\
id: activity
title: Activity
files:
  - format: html
    blocks:
      each: entry
      parts:
        - {name: product, class: head}
        - {name: time, class: body, line: '.*\\d\\d:\\d\\d:\\d\\d.*'}
    require: [product, time]
    rows:
      - per: {id: year, from: time, title: Year, type: date, date: printed, coarsen: year}
        count: {id: activities, title: Activities}
"""
READS = [recipe.parse(RECIPE, "r.yaml")]
GOOD = "11 Mar 2024, 10:11:12 CET"


def entry(time: str, title: str = "Zyxwvu") -> str:
    return f'<div class="entry"><p class="head">Search</p><div class="body">{title}<br>{time}</div></div>'


def read(*entries: str) -> Extraction:
    content = f"<html><body>{''.join(entries)}</body></html>".encode()
    return extract(Disclosure("d", "", "m", "c", "x.html", "text/html", content), READS)


def values(found: Extraction) -> list[tuple[str, float | str]]:
    return [(one.variable, one.value) for one in found.observations]


def test_blocks_are_counted_by_year() -> None:
    found = read(entry(GOOD), entry("12.04.2023, 10:11:12 MESZ"), entry("1 avr. 2024, 10:11:12 CEST"))
    assert values(found) == [("year", "2023"), ("activities", 1.0), ("year", "2024"), ("activities", 2.0)]
    assert "Zyxwvu" not in repr(found)


def test_a_date_that_nobody_can_read_leaves_the_counts_to_a_person() -> None:
    """It may belong to any of the years, so that none of the counts is sure."""
    found = read(*[entry(GOOD)] * 8, entry("1 Mar 2023, 10:11:12 CET"), entry("11 ventôse 232, 10:11:12 CET"))
    assert (found.outcome, values(found)) == ("read", [("year", "2023"), ("year", "2024")])
    told = [(one.observation.variable, one.observation.value, one.why, one.snippet) for one in found.doubtful]
    shown = "block 10: time: 11 ventôse 232, 10:11:12 CET"
    assert told == [("activities", 1.0, "unsure", shown), ("activities", 8.0, "unsure", shown)]


def test_many_such_dates_are_another_layout_and_so_is_an_entry_without_one() -> None:
    odd = entry("11 ventôse 232, 10:11:12 CET")
    assert read(*[entry(GOOD)] * 8, odd).reason.endswith("1 of 9 values of year are in doubt.")
    assert read(odd).outcome == "drift"
    found = read(*[entry(GOOD)] * 20, entry("yesterday"))
    assert (found.outcome, found.observations) == ("drift", ())
    assert found.reason.endswith("block 21: year is missing.")


def test_two_dates_in_one_entry_are_in_doubt() -> None:
    found = read(*[entry(GOOD)] * 9, entry(GOOD, "12 Mar 2019, 10:11:12 CET"))
    assert [(one.observation.variable, one.why) for one in found.doubtful] == [("activities", "unsure")]


def test_a_page_without_such_entries_is_unknown_and_one_without_dates_is_drift() -> None:
    assert read("<p>Nothing</p>").outcome == "no-recipe"
    assert read(entry("yesterday")).outcome == "drift"
    assert read(entry(GOOD), '<div class="entry">').outcome == "broken"


def test_blocks_are_the_same_in_a_stream() -> None:
    content = (entry(GOOD) * 3 + entry("12.04.2023, 10:11:12 MESZ")).encode()
    whole = extract(Disclosure("d", "", "m", "c", "x.html", "text/html", content), READS)
    assert len(whole.observations) == 4
    with patch.object(recognition, "LIMITS", Limits(part=20)):
        streamed = extract(Disclosure("d", "", "m", "c", "x.html", "text/html", io.BytesIO(content)), READS)
    assert streamed == whole
    assert skeletons(io.BytesIO(content), READS) == skeletons(content, READS)


def test_a_skeleton_tells_classes_and_the_parts_that_a_recipe_knows() -> None:
    content = (entry("11.03.2024, 10:11:12 MEZ") * 2 + '<div class="Zyxwvu entry">1980-01-02</div>').encode()
    (found,) = skeletons(content, READS)
    assert found.keys == {
        ".entry": {"element": 2},
        ".head": {"element": 2, "text": 2},
        ".body": {"element": 2, "text": 2, "moment, printed": 2},
        ".*.entry": {"element": 1, "day, iso": 1},
        "product": {"text": 2, "empty": 1},
        "time": {"moment, printed": 2, "empty": 1},
    }
    assert found.found == ("product", "time")
    (near,) = compare([found], READS)
    assert (near.missing, near.new) == ((), ())


NAMES = st.sampled_from(["Zyxwvu", "ada.zyxwvu", "Zyx-1980", "entry", "head", "body"]) | st.text(max_size=12)


@settings(deadline=None, max_examples=60)
@given(parts=st.lists(st.tuples(NAMES, NAMES), max_size=6))
def test_no_word_of_a_page_is_shown_that_may_be_a_value(parts: list[tuple[str, str]]) -> None:
    inner = "".join(f'<div class="{html.escape(name)}">{html.escape(text)}</div>' for name, text in parts)
    found = skeletons(f"<html>{inner}<table><tr><td>Zyxwvu</table></html>".encode("utf-8", "replace"), READS)
    assert "zyx" not in repr(found).casefold()
    known = vocabulary(READS)
    shown = {word for one in found for key in one.keys for word in re.findall(r"[^\W\d_]+", key)}
    assert {word for word in shown if word.casefold() not in known.words | known.keys} == set()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("require: [product, time]", "require: [product, tyme]", "tyme is no part of the blocks"),
        ("from: time", "from: thyme", "thyme is no part of the blocks"),
        ("format: html", "format: csv", "blocks is not a known key"),
        ("    require", "    above: [x]\n    require", "above is not a known key"),
        ("      each: entry\n", "", "each is missing"),
        ("class: head", "klass: head", "class is missing"),
    ],
)
def test_a_fault_of_blocks_is_named(old: str, new: str, message: str) -> None:
    with pytest.raises(FaultsError) as refused:
        recipe.parse(RECIPE.replace(old, new), "r.yaml")
    assert any(message in fault.message for fault in refused.value.faults)
