"""A file without its values: nothing that stands in it is shown, except words that are nobody's."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.disclosures import recipe
from rightskit.disclosures.drift import compare
from rightskit.disclosures.skeleton import Skeleton, skeletons
from rightskit.disclosures.vocabulary import vocabulary
from rightskit.files.problems import TooLargeError, UnsafeError
from rightskit.flows.skeleton import dumps, loads

SHIPPED = recipe.load([Path(__file__).parents[2] / "recipes"])
KNOWN = vocabulary(SHIPPED)
# What skeletons say by themselves: formats, types and places.
OWN = set(
    re.findall(
        r"\w+",
        "top rows row lines line list mapping number nothing text yes or no empty whole with a point comma day iso instant"
        " points slashes clock link json csv xml html pdf xlsx unknown brokenerror",
    )
)
SAID = {
    word
    for each in SHIPPED
    for layout in each.layouts
    for req in layout.require
    for word in re.findall(r"\w+", req.casefold())
}


def words(found: tuple[Skeleton, ...]) -> set[str]:
    return set(
        re.findall(
            r"[^\W\d_]+|\d{2,}", " ".join(f"{one.name} {one.format} {' '.join(one.keys)} {one.found}" for one in found)
        )
    )


def allowed(word: str) -> bool:
    parts = re.findall(r"[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ]+|[^\W\d_]+", word)
    known = {
        *KNOWN.words,
        *OWN,
        *SAID,
        *(part.casefold() for key in KNOWN.keys for part in re.findall(r"[^\W\d_]+", key)),
    }
    return word.casefold() in known or (bool(parts) and all(part.casefold() in known for part in parts))


NAMES = st.sampled_from(
    ["Zyxwvu", "Ada Zyxwvu", "anna.zyxwvu@heimpost.example", "ZYX-1980", "ümläut", "Zyx_Score", "491701234567"]
)
KEYS = st.one_of(NAMES, st.text(max_size=12), st.sampled_from(["score", "entries", "createdAt", "contacts"]))
TREES = st.recursive(
    st.one_of(NAMES, st.text(max_size=20), st.integers(), st.floats(allow_nan=False), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=20,
)


@settings(deadline=None, max_examples=60)
@given(tree=TREES, name=KEYS)
def test_no_word_of_a_tree_is_shown_that_may_be_a_value(tree, name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Zyxwvu/" + re.sub(r"[\x00-\x1f\\/:]|\.\.", "", name) + ".json", json.dumps({"top": tree}))
    found = skeletons(buffer.getvalue(), SHIPPED)
    assert [word for word in words(found) if not allowed(word)] == []
    assert "zyx" not in repr(found).casefold()
    assert loads(json.dumps(dumps(found))) == found


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.lists(KEYS, min_size=1, max_size=5), max_size=6))
def test_no_word_of_a_table_is_shown_that_may_be_a_value(rows) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    found = skeletons(buffer.getvalue().encode("utf-8", "replace"), SHIPPED)
    assert [word for word in words(found) if not allowed(word)] == []
    assert "zyx" not in repr(found).casefold()


def test_the_words_of_the_test_would_be_noticed() -> None:
    assert not allowed("Zyxwvu")
    assert not allowed("heimpost")
    assert allowed("calculatedAt")


def test_no_line_of_a_pdf_is_shown(sheet: bytes) -> None:
    (found,) = skeletons(sheet, SHIPPED)
    assert found.format == "pdf"
    assert list(found.keys) == ["lines"]
    requirements = {each for one in SHIPPED for layout in one.layouts for each in layout.require}
    assert found.found
    assert requirements.issuperset(found.found)


def test_keys_types_and_counts() -> None:
    """A mapping of contacts has names for keys; a list of entries does not."""
    content = b'{"contacts": {"Ada": {"phone": "1"}, "Ben": {"phone": null}}, "entries": [{"date": "2024-01-02"}, {"date": "3.2.2024"}]}'
    (found,) = skeletons(content, ())
    assert found.keys == {
        "top": {"mapping": 1},
        "contacts": {"mapping": 1},
        "contacts.*": {"mapping": 2},
        "contacts.*.phone": {"whole number": 1, "nothing": 1},
        "entries": {"list": 1},
        "entries[]": {"mapping": 2},
        "entries[].date": {"day, iso": 1, "day, with points": 1},
    }


def test_a_table_without_headings_shows_no_cell() -> None:
    (found,) = skeletons(b"Ada;3,5;2024-01-02\nBen;4;x\n", ())
    assert found.keys == {"*": {"text": 2, "whole number": 1}, "rows": {"row": 1}}


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("createdAt", "createdAt"),
        ("Start Time", "Start Time"),
        ("latitudeE7", "*"),
        ("Betrag (netto)", "Betrag (netto)"),
        ("score2", "score2"),
        ("score 1980", "*"),
        ("Ada", "*"),
        ("Ada's score", "*"),
        ("", "*"),
    ],
)
def test_a_key_is_shown_where_all_its_words_are_words_of_schemas(key: str, shown: str) -> None:
    assert vocabulary(()).shown(key) == shown


def test_files_of_one_kind_are_counted_together_and_pictures_left_out() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("Ada", "Ben"):
            archive.writestr(f"messages/{name}/messages.json", '{"messages": []}')
            archive.writestr(f"photos/{name}.jpg", b"\xff\xd8")
    (found,) = skeletons(buffer.getvalue(), ())
    assert (found.name, found.files, found.keys["messages"]) == ("messages/*/messages.json", 2, {"list": 2})


def test_hostile_files_are_refused_as_everywhere() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", bytes(42_000_000))
    with pytest.raises(TooLargeError):
        skeletons(bomb, ())
    (deep,) = skeletons(b"[" * 100_000, ())
    assert deep.format == "BrokenError"
    (entities,) = skeletons(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', ())
    assert entities.format == UnsafeError.__name__


def test_drift_names_what_is_missing_and_what_is_new(export: bytes) -> None:
    fits = [
        one for one in compare(skeletons(export, SHIPPED), SHIPPED) if one.recipe.startswith("de-credit-bureau-export@")
    ]
    assert len(fits) == 2
    assert all(one.fits for one in fits)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(export)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"type"', b'"kind"'))
    changed = compare(skeletons(buffer.getvalue(), SHIPPED), SHIPPED)
    (one,) = [each for each in changed if each.recipe.startswith("de-credit-bureau-export@") and not each.fits]
    assert {"entries[].type", "entries[].creditor.type"} <= set(one.missing)
    assert "entries[].kind" in one.new


def test_nothing_near_is_no_drift() -> None:
    assert compare(skeletons(b'{"other": [1]}', SHIPPED), SHIPPED) == ()
