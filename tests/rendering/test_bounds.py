"""A letter's text that would run for ever, fill the memory or reach out is stopped."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest

from rightskit.errors import FaultsError
from rightskit.rendering.letter import render
from rightskit.rendering.library import Library
from rightskit.rendering.model import LetterOrder, Party
from rightskit.rendering.pdf import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.rendering.model import Letter

NESTED = "".join(f'{{% for x{n} in "aaaaaaaaaa" %}}' for n in range(10)) + "{% endfor %}" * 10
DOUBLED = '{% set x = "aaaaaaaaaa" %}' + "{% set x = x ~ x %}" * 60
ADDED = '{% set x = "aaaaaaaaaa" %}' + "{% set x = x + x %}" * 60


def written(folder: Path, body: str, front: str = "right:") -> Letter:
    (folder / "de").mkdir()
    text = f'---\nletter: probe\nversion: "1"\nsubject: "Probe"\n{front}\n---\nGuten Tag,\n\n{body}\n'
    (folder / "de" / "probe.md").write_text(text, encoding="utf-8")
    order = LetterOrder("probe", "de", dt.date(2026, 3, 3), Party("Anna Muster"), Party("Amt"))
    return render(order, Library([folder]))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{% for i in range(10**9) %}x{% endfor %}", "nothing but .items()"),
        (NESTED, "run more than 20,000 rounds"),
        (DOUBLED, "more than 200,000 characters"),
        (ADDED, "more than 200,000 characters"),
        ("{{ 10 ** 10 ** 10 }}", "makes too large a one"),
        ('{{ "a" * 1000000000 }}', "what is no number"),
        ('{{ "%999999999d" % 1 }}', "what is no number"),
        ('{{ "a".ljust(1000000000) }}', "nothing but .items()"),
        ('{% for x in "ab" recursive %}{{ loop("ab") }}{% endfor %}', "nothing but .items()"),
        ('{{ "a" | replace("a", "' + "b" * 300 + '") }}', "at most 200 characters"),
        ("{{ sender.__class__.__mro__ }}", "sender has no __class__"),
        ("{% include '/etc/passwd' %}", "may not use include"),
        ("{% import '/etc/passwd' as x %}", "may not use import"),
        ("{% extends '/etc/passwd' %}", "may not use extends"),
    ],
)
def test_what_does_not_end_or_reads_a_file_is_stopped_at_its_line(tmp_path: Path, body: str, message: str) -> None:
    start = time.perf_counter()
    with pytest.raises(FaultsError) as caught:
        written(tmp_path, body)
    assert time.perf_counter() - start < 2
    fault = caught.value.faults[0]
    assert message in f"{fault.message} {fault.suggestion}"
    assert (fault.path, fault.line) == (str(tmp_path / "de" / "probe.md"), 9)


@pytest.mark.parametrize(
    "body",
    [
        "![x](http://127.0.0.1:9/x.png)",
        "<img src='http://127.0.0.1:9/x.png'>",
        "<style>@import url(http://127.0.0.1:9/x.css)</style>",
        "![x](file:///etc/hostname)",
    ],
)
def test_an_image_or_a_style_from_elsewhere_is_printed_as_text_and_never_loaded(
    tmp_path: Path, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    letter = written(tmp_path, body)
    assert body in letter.text
    assert pdf(letter).startswith(b"%PDF")
    assert not caplog.records


def test_a_right_whose_article_the_letter_never_names(tmp_path: Path) -> None:
    with pytest.raises(FaultsError) as caught:
        written(tmp_path, "Bitte um Auskunft.", 'right: access\narticle: "15"')
    (fault,) = caught.value.faults
    assert (fault.line, fault.message) == (6, "the letter never names article 15")


def test_what_a_letter_may_well_do(tmp_path: Path) -> None:
    body = '{% set a = "b" ~ "c" + "d" %}{{ a | replace("b", "x") }} {{ 2 * 3 % 4 }} {{ ["a", "b"] | join("-") }}'
    assert "xcd 2 a-b" in written(tmp_path, body).text
