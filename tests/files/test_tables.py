"""JSON, and what stands at a path."""

import pytest

from rightskit.files import tables
from rightskit.files.limits import Limits
from rightskit.files.problems import BrokenError, TooLargeError


def test_the_size_is_limited() -> None:
    with pytest.raises(TooLargeError):
        tables.json_value(b"{   }", Limits(part=3))


VALUE = {"entries": [{"type": "a", "creditor": {"type": "bank"}}, {"type": "b"}], "score": {"value": 1.5}}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("score.value", [("score.value", 1.5)]),
        ("entries[].type", [("entries[0].type", "a"), ("entries[1].type", "b")]),
        ("entries[].creditor.type", [("entries[0].creditor.type", "bank")]),
        ("score[].value", []),
        ("nothing.here", []),
        (".", [("top", VALUE)]),
    ],
)
def test_a_path_finds_values_with_their_place(path: str, found: list[object]) -> None:
    assert list(tables.at(VALUE, path)) == found


@pytest.mark.parametrize("content", [b"{", b"[" * 200_000, b'{"a": NaN}', b"[" + b"9" * 10_000 + b"]"])
def test_broken_and_hostile_json_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenError):
        tables.json_value(content)
