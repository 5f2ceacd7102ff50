"""JSON in a stream says what the whole value says, in bounded memory."""

import gzip
import io
import json
import tracemalloc
from itertools import chain, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.files import jsonstream, tables
from rightskit.files.jsonshape import shape
from rightskit.files.problems import BrokenError, TooLargeError

KEYS = st.sampled_from(["a", "b", "c", "ü"])
SINGLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
)
TREES = st.recursive(
    SINGLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=25
)
DOCUMENTS = st.lists(TREES, max_size=4) | st.dictionaries(KEYS, TREES, max_size=4)
STEPS = st.sampled_from(["a", "b", "c", "ü", "*", "[]"])
PATHS = st.lists(STEPS, max_size=4).map(lambda steps: ".".join(steps).replace(".[]", "[]") or ".")


def read(text: str | bytes, path: str, parts=None, **more) -> list[tuple[str, object]]:
    content = text.encode() if isinstance(text, str) else text
    return list(jsonstream.at(jsonstream.events(io.BytesIO(content)), path, parts, **more))


@settings(deadline=None, max_examples=300)
@given(value=DOCUMENTS, path=PATHS)
def test_a_path_gives_what_it_gives_of_the_whole(value, path: str) -> None:
    text = json.dumps(value)
    assert read(text, path) == list(tables.at(json.loads(text), path))
    found = shape(jsonstream.events(io.BytesIO(text.encode())), str).at(path)
    assert bool(found) == bool(list(tables.at(value, path)))


@settings(deadline=None, max_examples=300)
@given(value=DOCUMENTS, path=PATHS, wanted=st.lists(PATHS, max_size=3))
def test_parts_of_items_are_there_as_they_are_in_the_whole(value, path: str, wanted: list[str]) -> None:
    text = json.dumps(value)
    for (place, pruned), (where, whole) in zip(
        read(text, path, jsonstream.wanted(iter(wanted))), tables.at(json.loads(text), path), strict=True
    ):
        assert place == where
        for each in wanted:
            assert list(tables.at(pruned, each)) == list(tables.at(whole, each))


FORMS = [
    b'{"a": [1, 2.5]}',
    b'\xef\xbb\xbf{"a": [1, 2.5]}',
    '{"a": [1, 2.5]}'.encode("utf-16"),
    b'window.YTD.part0 = {"a": [1, 2.5]}',
    b'var x = {"a": [1, 2.5]} ;\n',
    b'\n\n {"a": [1, 2.5]}\n\n',
    b'{"a": 1}\n{"a": 2.5}\n',
    b'{"a": 1}\r\n{"a": 2.5}',
    b"[1]\n",
]


@pytest.mark.parametrize("content", FORMS)
def test_the_forms_of_json_are_those_of_the_whole(content: bytes) -> None:
    assert [value for _, value in read(content, ".")] == [tables.json_value(content)]


@pytest.mark.parametrize(
    "content", [b"[1, 2", b"[1] 2", b'{"a": NaN}', b"[01]", b'{"a" 1}', b"[1,]", b'["\xff"]', b'{"a": 1}\n{"b"', b"[;]"]
)
def test_what_is_no_json_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenError):
        read(content, "a")


def test_a_key_that_stands_there_twice_is_never_read_as_two() -> None:
    assert read('{"a": [{"b": 1, "b": 2}]}', "a[]") == [("a[0]", {"b": 2})]
    for path in ("a[]", "*[]"):
        with pytest.raises(BrokenError, match="twice"):
            read('{"a": [1], "a": [2]}', path)


def test_names_of_other_keys_are_there_where_they_are_asked_for() -> None:
    parts = jsonstream.wanted(iter(["b"]))
    assert read('[{"a": {"c": 1}, "b": 2}]', "[]", parts, names=True) == [("[0]", {"a": None, "b": 2})]


HOSTILE = {
    "a text without an end": chain([b'["'], repeat(b"x" * 50_000, 100)),
    "spaces without an end": chain([b"["], repeat(b" " * 50_000, 100)),
    "lists in lists": repeat(b"[" * 50_000, 100),
    "an item without an end": chain([b"["], repeat(b"{}," * 20_000, 100)),
    "keys without an end": chain(
        [b"{"], (b"".join(b'"%d":{},' % key for key in range(at, at + 5_000)) for at in range(0, 50_000, 5_000))
    ),
}


class _Endless(io.RawIOBase):
    """Pieces that are made as they are read."""

    def __init__(self, pieces) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_before_it_fills_the_memory(name: str, monkeypatch) -> None:
    for limit, most in (("_LONGEST", 1_000_000), ("_ITEM", 2_000_000), ("_MOST_KEYS", 10_000)):
        monkeypatch.setattr(jsonstream, limit, most)
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError):
            list(jsonstream.at(jsonstream.events(_Endless(HOSTILE[name])), "*.b" if "keys" in name else ".", None))
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


def test_a_shape_has_bounds_too() -> None:
    many = ("{" + ",".join(f'"{key}": 1' for key in range(200_002)) + "}").encode()
    for content in (many, b"[" * 300):
        with pytest.raises(TooLargeError):
            shape(jsonstream.events(io.BytesIO(content)), str)


def test_a_long_list_needs_no_memory() -> None:
    packed = gzip.compress(b'{"a": [' + b'{"b": 1, "c": "some words"},' * 50_000 + b"{}]}")
    tracemalloc.start()
    try:
        with gzip.open(io.BytesIO(packed)) as stream:
            found = jsonstream.at(jsonstream.events(stream), "a[]", jsonstream.wanted(iter(["b"])))
            assert sum(item.get("b", 0) for _, item in found) == 50_000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
