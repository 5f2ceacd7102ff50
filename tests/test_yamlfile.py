"""YAML with line numbers: what is written is what is meant, and each fault has its line."""

import datetime as dt

import pytest

from rightskit import yamlfile
from rightskit.errors import FaultsError


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("off", "off"),
        ("01067", "01067"),
        ("0x10", "0x10"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("true", True),
        ("17", 17),
        ("-3", -3),
        ("0.5", 0.5),
        ("2026-03-02", dt.date(2026, 3, 2)),
        ("~", None),
        ("", None),
    ],
)
def test_words_and_figures_mean_what_they_say(written: str, meant: object) -> None:
    assert yamlfile.parse(f"key: {written}", "a.yaml").plain("key") == meant


def test_a_list_keeps_leading_zeros() -> None:
    assert yamlfile.parse("codes: [01067, 10115, NO]", "a.yaml").texts("codes") == ("01067", "10115", "NO")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: [1\nb: 2", 2, "not valid YAML"),
        ("a: 1\n b: 2", 2, "not valid YAML"),
        ("- a", 1, "the file is a list"),
        ("plain", 1, "the file is 'plain'"),
        ("a: 2026-02-31", None, "not valid YAML"),
        ("a: !!python/object:os.system x", 1, "not valid YAML"),
    ],
)
def test_what_is_no_mapping_is_refused_with_its_line(text: str, line: int | None, message: str) -> None:
    with pytest.raises(FaultsError) as caught:
        yamlfile.parse(text, "a.yaml")
    (fault,) = caught.value.faults
    assert message in fault.message
    assert line in {fault.line, None}


def test_faults_are_collected_with_their_lines() -> None:
    top = yamlfile.parse("a: x\nb: [1, {c: 2}]\nd: 1\nd: 2\ne: yes\n", "a.yaml")
    top.integer("a", 0)
    top.texts("b")
    top.flag("e")
    top.text("f", required=True)
    top.text("d")
    top.refuse_unknown()
    assert [(fault.line, fault.column) for fault in top.faults] == [(4, "d"), (1, "a"), (2, "b"), (5, "e"), (1, "f")]


def test_an_unknown_key_is_named_with_the_nearest_known_one() -> None:
    top = yamlfile.parse("tresh: 1", "a.yaml")
    top.integer("thresh", 0)
    top.refuse_unknown()
    assert top.faults[0].suggestion == "did you mean 'thresh'?"


def test_aliases_do_not_grow() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
    )
    with pytest.raises(FaultsError, match="alias"):
        yamlfile.parse(bomb, "a.yaml")


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 50_000, "a: " + "[x, " * 50_000, "- " * 50_000, "a: " + "{b: " * 50_000]
)
def test_endless_nesting_is_refused(text: str) -> None:
    with pytest.raises(FaultsError, match="nested too deeply"):
        yamlfile.parse(text, "a.yaml")
