"""``status`` and ``due`` before a person: drawn, within 80 columns, and told apart without colours."""

from __future__ import annotations

import re

import pytest

from rightskit.cli import charts, output


@pytest.fixture
def screen(monkeypatch):
    """A terminal of 80 columns without colours."""
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")


def lines(text: str) -> list[str]:
    found = text.splitlines()
    assert max(map(len, found)) <= 80
    return found


def test_a_bar_is_as_long_as_its_count(screen, capsys) -> None:
    charts.bars("answer", {"data": 1000, "refused": 500, "partial": 1, "none": 0})
    data, refused, partial, none = lines(capsys.readouterr().out)[3:7]
    assert (data.count("█"), refused.count("█")) == (24, 12)
    assert "▏" in partial
    assert not set(none) & set("█▏")
    assert data.split()[-1] == "1,000"


def test_the_parts_of_a_bar_differ_without_colours(screen, capsys) -> None:
    rows = [("a-controller-whose-id-is-longer-than-a-column", (10, 10, 20)), ("x", (1, 0, 0))]
    charts.stacks("controller", ("ended", "open", "overdue"), rows)
    head, _, long, short = lines(capsys.readouterr().out)[1:5]
    assert re.search("█ ended +░ open +▓ overdue", head)
    assert 2 * long.count("█") == 2 * long.count("░") == pytest.approx(long.count("▓"), abs=1)
    assert "…" in long
    assert short.count("█") == 1
    assert "–" in short


def test_a_campaign_at_80_columns(sent, screen) -> None:
    sent.on("2026-03-30")
    status = lines(sent("status").output)
    assert any("sent" in line and "█" in line for line in status)
    assert any("nordlicht" in line and "░" in line for line in status)
    due = lines(sent("due").output)
    assert any(line.split()[:2] == ["this", "week"] for line in due)
    listed = sent("status", "--list").output
    lines(listed)
    assert sent.request("jana", "nordlicht") in listed
    lines(sent("due", "--list").output)
    one = lines(sent("status", sent.request("jana", "nordlicht")).output)
    assert any(re.match(r" no +happened +event +by", line) for line in one)
    assert any("2026-03-02  planned" in line for line in one)


def test_no_head_and_no_number_is_cut_on_a_narrow_screen(screen, capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    rows = [("a-controller-whose-id-is-longer-than-a-column", (1000, 20, 30)), ("x", (1, 0, 0))]
    charts.stacks("controller", ("ended", "open", "overdue"), rows)
    charts.bars("answer", {"in dialogue": 1000, "data": 3})
    text = "\n".join(lines(capsys.readouterr().out))
    assert max(map(len, text.splitlines())) <= 60
    for whole in ("controller", "█ ended", "░ open", "▓ overdue", "1,000", "in dialogue", "requests"):
        assert whole in text


def test_a_pipe_gets_plain_tables(sent) -> None:
    text = sent("status").output
    assert not set(text) & set("█░▓─")
    assert text.splitlines()[0].split() == ["delivery", "sent"]
    assert sent("replies", "list").output == "No replies yet: rightskit sync\n"
    assert "member" in sent("status", "--list").output.splitlines()[0]
    assert "\u00a0" not in sent.on("2026-04-30")("due").output


def test_a_line_is_broken_at_words_on_a_screen_alone(screen, capsys, monkeypatch) -> None:
    text = "one two\u00a02 " * 12
    output.line(text.strip(), 3)
    first, second = lines(capsys.readouterr().out)
    assert first.endswith(("one", "two 2"))
    assert second.startswith("   ")
    output.say("  then: rightskit posted 2026-03-02-outbox-1 " + "/a-long-path" * 9)
    assert capsys.readouterr().out.splitlines() == ["  then: rightskit posted 2026-03-02-outbox-1", "/a-long-path" * 9]
    output.whole("$ rightskit " + "word " * 20)
    assert capsys.readouterr().out.count("\n") == 1
    monkeypatch.setattr(output, "is_terminal", lambda: False)
    output.line(text.strip(), 3)
    assert capsys.readouterr().out.count("\n") == 1
