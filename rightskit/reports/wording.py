"""The sentences of a report: what it says first, what it lacks, and how its figures are to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rightskit.reports.model import ControllerLine, Figures


def headline(language: str, rows: int, requests: int | None, every: ControllerLine | None) -> str:
    """The sentence that says the most important.

    Args:
        language: of the report.
        rows: how many requests are planned; only whether there are any is told.
        requests: that are out; None is hidden.
        every: all controllers together.
    """
    if not rows or requests == 0:
        return texts.text(language, "report.headline.nothing")
    if requests is None or every is None:
        return texts.text(language, "report.headline.small")
    total = texts.number(language, requests)
    if every.answered is None:
        return texts.text(language, "report.headline.hidden", requests=total)
    if not every.answered.count:
        return texts.text(language, "report.headline.none", requests=total)
    share = texts.percent(language, every.answered.share)
    if every.median is None or every.median.days is None:
        return texts.text(language, "report.headline.answered", requests=total, share=share)
    days = texts.number(language, every.median.days)
    return texts.text(language, "report.headline.median", requests=total, share=share, days=days)


def joined(language: str, group: str, keys: Sequence[str]) -> str:
    """The names of what stands together: "Refused or Carried out"."""
    named = [texts.text(language, f"report.{group}.{key}") for key in keys]
    sentence = named[0]
    for name in named[1:]:
        sentence = texts.text(language, "report.or", first=sentence, second=name)
    return sentence


def missing(language: str, threshold: int, found: Figures, *, planned: int, tables: int) -> Iterator[str]:
    """What the page lacks, the gravest first.

    Args:
        language: of the report.
        threshold: the least number of members that a figure shows.
        found: the figures of the page.
        planned: how many requests are planned; only whether there are any is told.
        tables: of the pool.
    """

    def say(key: str, **values: object) -> str:
        return texts.text(language, f"report.missing.{key}", threshold=texts.number(language, threshold), **values)

    if not planned or found.requests == 0:
        yield say("nothing")
    elif found.requests is None:
        yield say("small")
    else:
        yield from _hidden(language, found, say)
    if not tables:
        yield say("pool")


def _hidden(language: str, found: Figures, say: Callable[..., str]) -> Iterator[str]:
    """What a page with figures lacks of them."""
    if found.funnel[0].count is None:
        yield say("members")
    if found.every is None or found.every.answered is None:
        yield say("answers")
    elif not found.curves:
        yield say("curve")
    if not any(line.name for line in found.controllers):
        yield say("controllers")
    elif gone := [name for name in ("data", "refused") if name not in found.columns and _met(found.every, name)]:
        yield say("columns", columns=", ".join(joined(language, "controllers", [name]) for name in gone))


def _met(every: ControllerLine | None, name: str) -> bool:
    """Whether any request is known or may be supposed to have met with it."""
    return every is not None and every.answered is not None and getattr(every, name) != 0


def notes(language: str, threshold: int, found: Figures) -> Iterator[str]:
    """How the figures were made, and what was hidden."""
    lines = found.controllers
    grouped = sum(line.controllers for line in lines if not line.name)
    wanted = {
        "hidden": True,
        "base": True,
        "answer": True,
        "open": True,
        "on_time": bool(lines),
        "curve": bool(found.curves),
        "interval": bool(lines or found.curves),
        "limits": any(line.limits for line in lines),
        "grouped": bool(grouped),
        "joined": any(len(bar.keys) > 1 for bar in found.outcomes),
        "people": True,
        "machine": True,
    }
    values = {"threshold": texts.number(language, threshold), "count": texts.number(language, grouped)}
    yield from (texts.text(language, f"report.notes.{key}", **values) for key, is_wanted in wanted.items() if is_wanted)
