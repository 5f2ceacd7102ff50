"""A large file gives the same observations in a stream as it gives read as a whole."""

import codecs
import io
import json
import tarfile
import tracemalloc
import zipfile
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbook import workbook

from rightskit.disclosures import holding, reading, recipe, recognition, skeleton, taking
from rightskit.disclosures.drift import compare
from rightskit.disclosures.extract import Extraction, extract
from rightskit.disclosures.model import Disclosure
from rightskit.disclosures.skeleton import skeletons
from rightskit.files import tables
from rightskit.files.limits import Limits

RECIPES = [
    recipe.parse(text, f"{name}.yaml")
    for name, text in {
        "travels": """
id: travels
title: Rows of every kind
files:
  - format: json
    require: ["trips[].mode | trips[].kind", "version=2"]
    rows:
      - once: true
        variables: [{id: version, from: version, title: Version}]
      - each: trips[]
        where: {state: [done, ok]}
        per: {id: mode, from: mode | kind, title: Mode, type: choice, values: {B: bus, "*": other}, optional: true}
        count: {id: trips, title: Trips}
        totals:
          - {id: distance, from: way.metres / 1000, title: Distance, by: mode, optional: true}
          - {id: speed, divide: [way.metres, hours], title: Speed, by: mode, optional: true}
          - {id: fare, from: fare, title: Fare, mean: true, by: mode, optional: true}
      - each: trips[]
        least: 1
        variables: [{id: year, from: "stops[].on", title: Year, type: date, date: iso, coarsen: year, optional: true}]
      - each: "friends.*.trips[] | others[]"
        alone: owner
        dropped: [name]
        count: {id: shared, title: Shared}
""",
        "list": """
id: list
title: A list, and what is in each
files:
  - format: json
    require: ["[].a"]
    rows:
      - each: "[]"
        dropped: [c]
        variables: [{id: a, from: a | b.a, title: A, optional: true}]
""",
    }.items()
]
NUMBER = st.integers(-5, 10**20) | st.floats(allow_nan=False) | st.sampled_from(["3", "x", None, [1], True, 1e308])
TRIP = st.fixed_dictionaries(
    {},
    optional={
        "mode": st.sampled_from(["B", "T", None, 3, {"x": 1}]),
        "kind": st.sampled_from(["B", "C"]),
        "state": st.sampled_from(["done", "ok", "planned", ["done"]]),
        "way": st.fixed_dictionaries({}, optional={"metres": NUMBER}) | st.just("far"),
        "hours": NUMBER,
        "fare": NUMBER,
        "stops": st.lists(
            st.fixed_dictionaries({}, optional={"on": st.sampled_from(["2024-02-03", "2023-01-01T10:00:00", "x"])}),
            max_size=2,
        ),
    },
)
GOOD_TRIP = st.fixed_dictionaries(
    {"mode": st.sampled_from("BTC"), "state": st.sampled_from(["done", "planned"]), "hours": st.floats(0.25, 9)},
    optional={"way": st.fixed_dictionaries({"metres": st.floats(0, 1e6)}), "fare": st.integers(0, 50)},
)
SHARED = st.fixed_dictionaries(
    {"owner": st.sampled_from(["A", "A", "A", "B", {"x": 1}])},
    optional={"name": st.text(max_size=3), "more": st.none()},
)
WHOLE = st.fixed_dictionaries(
    {"trips": st.lists(GOOD_TRIP, max_size=5) | st.lists(TRIP, max_size=4) | st.sampled_from([{}, None, [[]]])},
    optional={
        "version": st.sampled_from([2, 2, 2, "2", 2.0, [2], 1]),
        "friends": st.dictionaries(
            st.text(max_size=2), st.fixed_dictionaries({"trips": st.lists(SHARED, max_size=2)}), max_size=3
        ),
        "others": st.lists(SHARED, max_size=3) | st.just({}),
        "photos": st.lists(st.text(max_size=3), max_size=2),
    },
)
ITEMS = st.lists(
    st.fixed_dictionaries(
        {}, optional={"a": NUMBER, "b": st.fixed_dictionaries({"a": NUMBER}), "c": st.none(), "d": NUMBER}
    ),
    max_size=4,
)
READABLE = st.fixed_dictionaries(
    {"version": st.just(2), "trips": st.lists(GOOD_TRIP, min_size=1, max_size=5)},
    optional={"others": st.lists(st.fixed_dictionaries({"owner": st.sampled_from("AAAB")}), max_size=3)},
)
FORMS = st.sampled_from(
    [
        str.encode,
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: b"window.data = " + text.encode() + b";\n",
        lambda text: json.dumps(json.loads(text), indent=1).encode(),
        lambda text: text.encode()[:-1],
    ]
)


def document(content: bytes | io.BytesIO) -> Disclosure:
    return Disclosure("0" * 64, "RK-7K3M-Q2XP", "M7K3MQ2XP", "x", "x", "application/json", content)


def in_a_stream(content: bytes | io.BytesIO, recipes=RECIPES) -> Extraction:
    with patch.object(reading, "LARGEST_TREE", -1), patch.object(holding, "LARGEST_TREE", -1):
        return extract(document(content), recipes)


@settings(deadline=None, max_examples=400)
@given(value=READABLE | WHOLE | ITEMS, form=FORMS)
def test_the_same_observations_come_of_a_stream(value, form) -> None:
    content = form(json.dumps(value))
    whole, streamed = extract(document(content), RECIPES), in_a_stream(content)
    if whole.outcome == "broken":
        assert streamed.outcome == "broken"
    else:
        assert streamed == whole


GOOD = {
    "version": 2,
    "trips": [
        {"mode": "B", "state": "done", "hours": 1, "way": {"metres": 1500}, "fare": 2, "stops": [{"on": "2024-02-03"}]},
        {"mode": "T", "state": "ok", "hours": 2, "way": {"metres": 0.1}},
    ],
    "friends": {"Zyxwvu": {"trips": [{"owner": "A", "name": "Zyxwvu"}]}},
}


def test_the_property_reads_something() -> None:
    found = in_a_stream(json.dumps(GOOD).encode())
    assert found.outcome == "read"
    assert [(o.variable, o.value, o.place) for o in found.observations][:4] == [
        ("version", 2.0, "top"),
        ("mode", "bus", "rows"),
        ("trips", 1.0, "rows"),
        ("distance", 1.5, "rows"),
    ]
    assert "Zyxwvu" not in repr(found)


def zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("photo.jpg", b"\xff\xd8")
        archive.writestr(name, content)
    return buffer.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for each, inside in (("photo.jpg", b"\xff\xd8"), (name, content)):
            info = tarfile.TarInfo(each)
            info.size = len(inside)
            archive.addfile(info, io.BytesIO(inside))
    return buffer.getvalue()


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("part", [100, 10_000_000])
def test_a_large_file_of_an_archive_is_read_in_its_place(pack, part: int) -> None:
    """With a small limit it stays in the archive, with a large one it is packed in memory."""
    content = pack("data.json", json.dumps(GOOD).encode())
    limits = Limits(part=part)
    with (
        patch.object(holding, "LIMITS", limits),
        patch.object(recognition, "LIMITS", limits),
    ):
        found = in_a_stream(io.BytesIO(content))
    whole = extract(document(content), RECIPES)
    assert whole.outcome == "read"
    assert found == whole
    assert found.observations[0].place == "entry 2, top"


def test_what_is_large_and_cannot_be_read_in_a_stream_is_refused_with_the_reason_and_what_to_do() -> None:
    formats = {"pdf": b"%PDF-1.7\n" + bytes(2_000), "xlsx": workbook({"A": [["a"], ["1"]]})}
    reasons = {}
    for form, content in formats.items():
        reads = recipe.parse(f"id: t\ntitle: T\nfiles: [{{format: {form}, require: [a], rows: []}}]", "t.yaml")
        found = extract(document(io.BytesIO(content)), [reads])
        assert found.outcome == "broken"
        reasons[form] = found.reason
        assert extract(document(io.BytesIO(content)), RECIPES).outcome == "no-recipe"
    assert reasons == {
        "pdf": "The PDF or picture has too many bytes, alone or with others: the limit is 50,331,648 (part). "
        "Add it in parts of some pages each.",
        "xlsx": "The workbook has too many bytes, alone or with others: the limit is 50,331,648 (part). "
        "Open it, save the sheets that are needed as CSV, and add those: they may be of any size.",
    }


FEED = """
id: feed
title: The same in three formats
files:
  - format: {form}
    require: [{require}]
    rows:
      - {each}least: 2
        where: {{{kind}: [day]}}
        count: {{id: days, title: Days}}
        totals: [{{id: sum, from: "{value}", title: Sum}}]
        variables: [{{id: value, from: "{value}", title: Value}}]
"""
FEEDS = {
    "xml": (
        """<?xml version="1.0"?><feed><entry kind="day"><v>1.5</v></entry><x/><entry kind="day"><v>2</v></entry>
        <entry kind="hour"><v>9</v></entry></feed>""",
        {"require": '"feed[].entry[].v[]", "feed[].entry[].@kind=day"', "each": "each: 'feed[].entry[]'\n        ", "kind": "'@kind'", "value": "v[]"},
    ),
    "csv": ("preamble\nkind;v\nday;1.5\n\nday;2\nhour;9\n", {"require": "kind, v", "each": "", "kind": "kind", "value": "v"}),
    "html": (
        "<p>x<table><tr><th>kind<th>v</tr><tr><td>day<td>1.5</tr><tr><td>day<td>2</tr><tr><td>hour<td>9</tr></table>",
        {"require": "kind, v", "each": "", "kind": "kind", "value": "v"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FEEDS)
@pytest.mark.parametrize("pack", [lambda name, content: content, zipped, tarred])
def test_xml_csv_and_pages_are_read_in_a_stream(form: str, pack) -> None:
    text, words = FEEDS[form]
    reads = [recipe.parse(FEED.format(form=form, **words), "feed.yaml")]
    content = pack(f"data.{form}", text.encode())
    whole = extract(document(content), reads)
    assert [(o.variable, o.value) for o in whole.observations] == [
        ("days", 2.0), ("sum", 3.5), ("value", 1.5), ("value", 2.0),
    ]  # fmt: skip
    with patch.object(tables, "FIRST", 2), patch.object(recognition, "LIMITS", Limits(part=20)):
        assert in_a_stream(io.BytesIO(content), reads) == whole
    assert skeletons(io.BytesIO(content), reads) == skeletons(content, reads)


def test_a_damaged_archive_is_noticed_in_the_middle_of_the_stream() -> None:
    content = bytearray(zipped("data.json", json.dumps(GOOD | {"photos": [str(n) for n in range(90_000)]}).encode()))
    content[len(content) // 2] ^= 0xFF
    limits = Limits(part=100)
    with (
        patch.object(holding, "LIMITS", limits),
        patch.object(recognition, "LIMITS", limits),
    ):
        assert in_a_stream(io.BytesIO(bytes(content))).outcome == "broken"


def test_more_values_than_fit_into_memory_are_a_reason() -> None:
    limits = Limits(observations=3)
    with patch.object(taking, "LIMITS", limits):
        assert in_a_stream(b'[{"a": 1}, {"a": 2}, {"a": 3}]').outcome == "read"
        found = in_a_stream(b'[{"a": 1}, {"a": 2}, {"a": 3}, {"a": 4}]')
    assert (found.outcome, found.observations) == ("broken", ())
    assert found.reason.startswith("The document holds too many values: the limit is 3 (observations).")


@settings(deadline=None, max_examples=150)
@given(value=READABLE | WHOLE | ITEMS)
def test_a_skeleton_is_the_same_in_a_stream(value) -> None:
    content = json.dumps(value).encode()
    whole = skeletons(content, RECIPES)
    with patch.object(reading, "LARGEST_TREE", -1):
        streamed = skeletons(content, RECIPES)
    assert streamed == whole
    assert set(compare(streamed, RECIPES)) == set(compare(whole, RECIPES))


SUMS = """
id: sums
title: Sums alone
files:
  - format: json
    require: ["trips[].mode"]
    rows:
      - each: trips[]
        per: {id: mode, from: mode, title: Mode, type: choice, values: {B: bus}}
        count: {id: trips, title: Trips}
        totals: [{id: distance, from: way.metres / 1000, title: Distance, by: mode}]
"""


def test_a_large_export_needs_little_memory() -> None:
    """Neither the text nor the rows are ever in memory."""
    trip = json.dumps(GOOD["trips"][0] | {"route": "x" * 1_000}).encode()
    content = zipped("data.json", b'{"version": 2, "trips": [' + b",".join([trip] * 10_000) + b"]}")
    limits = Limits(part=1_000_000)
    tracemalloc.start()
    try:
        with patch.object(recognition, "LIMITS", limits), patch.object(holding, "LIMITS", limits):
            found = extract(document(content), [recipe.parse(SUMS, "sums.yaml")])
        assert [(o.variable, o.value) for o in found.observations] == [
            ("mode", "bus"),
            ("trips", 10_000.0),
            ("distance", 15_000.0),
        ]
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_large_files_of_an_archive_are_in_its_skeleton_too() -> None:
    one, other = json.dumps(GOOD).encode(), json.dumps([{"a": 1}]).encode()
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for each, inside in (("trips.json", one), ("list.json", other)):
            info = tarfile.TarInfo(each)
            info.size = len(inside)
            archive.addfile(info, io.BytesIO(inside))
    whole = skeletons(buffer, RECIPES)
    with patch.object(skeleton, "LIMITS", Limits(part=5)):
        large = skeletons(buffer, RECIPES)
    assert large == whole
    assert [one.format for one in large] == ["json", "json"]


def test_a_recipe_without_names_wants_no_pictures() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(6):
            archive.writestr(f"photos/{number}.jpg", bytes(9_000_000))
        archive.writestr("trips.json", json.dumps(GOOD))
    assert extract(document(buffer), RECIPES).outcome == "read"
