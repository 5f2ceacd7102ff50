"""``deadline``: until when an answer is due, without campaign or vault."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.cases.happenings import Happening
    from rightskit.cases.model import Deadline, Step
    from rightskit.cases.places import Place
    from rightskit.cases.receipt import Receipt

_NEAR = dt.timedelta(days=60)
"""How long after the last date today still stands in the picture."""


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(deadline)


def deadline(
    country: Annotated[str, typer.Option(metavar="CC", help="Where the controller sits, such as DE.")],
    received: Annotated[
        str, typer.Option(metavar="DATE", help="The day on which the controller got the request.")
    ] = "",
    sent: Annotated[
        str, typer.Option(metavar="DATETIME", help="When it was sent, where nothing proves the receipt.")
    ] = "",
    channel: Annotated[str, typer.Option(help="With --sent: email, post or registered.")] = "email",
    subdivision: Annotated[str, typer.Option(metavar="S", help="Its Land, canton or nation, such as HE.")] = "",
    event: Annotated[
        list[str] | None, typer.Option(metavar="KIND=DATE", help="What happened since; may be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say until when the answer is due, and why.

    A moment with a zone, such as 2026-03-02T23:30+00:00, is taken to the controller's own day.

    Example: `rightskit deadline --received 2026-03-03 --country DE --event extended=2026-03-20`

    Example: `rightskit deadline --sent 2026-03-02T18:30 --channel email --country DE --subdivision HE`
    """
    from rightskit.cases.deadline import Place, parse_event
    from rightskit.cases.deadline import deadline as reckon

    receipt, before = _receipt(received, sent, channel, Place(country, subdivision))
    events = [parse_event(text) for text in event or []]
    found = reckon(receipt, Place(country, subdivision), events)
    steps = [*before, *found.steps]
    if as_json:
        output.json_line(_in_full(found, steps))
    else:
        _tell(found, _dates(receipt, events, found), steps)


def _in_full(found: Deadline, steps: Sequence[Step]) -> dict[str, object]:
    lines = [{"rule": s.rule, "source": s.source, "date": s.date, "text": s.text} for s in steps]
    return {"earliest": found.earliest, "latest": found.latest, "flags": list(found.flags), "steps": lines}


def _tell(found: Deadline, dates: Iterator[tuple[dt.date, str]], steps: Sequence[Step]) -> None:
    from rightskit.cases.calendar import tables_version

    output.say(_sentence(found))
    output.say("")
    for line in timeline(dates):
        output.say(line)
    output.say("")
    output.table(("date", "because", "source"), [(s.date, s.text, s.source) for s in steps])
    output.say(f"\nReckoned with {tables_version()}.")


def _receipt(received: str, sent: str, channel: str, place: Place) -> tuple[Receipt, tuple[Step, ...]]:
    """What is known of the receipt, and how; one that is stated cannot come before the sending."""
    from rightskit.cases.deadline import Receipt, receipt_from_sending
    from rightskit.cases.happenings import parse_day, parse_moment
    from rightskit.cases.places import checked
    from rightskit.cases.receipt import derivation
    from rightskit.errors import WrongUsageError

    if not received and not sent:
        raise WrongUsageError("Say when the request was received, or when it was sent.", "Give --received or --sent.")
    if not received:
        moment = parse_moment(sent)
        derived = receipt_from_sending(moment, channel, checked(place))
        return derived, (derivation(moment, channel, derived),)
    day = parse_day(received)
    if sent and day < (left := receipt_from_sending(parse_moment(sent), "email", checked(place)).first):
        raise WrongUsageError(f"The receipt on {day} comes before the sending on {left}.", "One of both is wrong.")
    return Receipt(day, day), ()


def _dates(receipt: Receipt, events: Sequence[Happening], found: Deadline) -> Iterator[tuple[dt.date, str]]:
    """What stands in the picture."""
    if receipt.first == receipt.last:
        yield receipt.first, "received"
    else:
        yield receipt.first, "received, read strictly"
        yield receipt.last, "received, read in the controller's favour"
    yield from ((one.date, one.kind.value) for one in events)
    if found.earliest and found.earliest == found.latest:
        yield found.earliest, "due by the end of this day"
    elif found.earliest:
        yield found.earliest, "due, read strictly: a reminder from the next day on"
    if found.latest and found.earliest != found.latest:
        yield found.latest, "due, read in the controller's favour: overdue from the next day on"
    if receipt.first <= session.today() <= (found.latest or found.earliest or receipt.last) + _NEAR:
        yield session.today(), "today"


def _sentence(found: Deadline) -> str:
    if found.earliest is None:
        return "No time runs: " + ", ".join(found.flags)
    if found.latest is None:
        return f"In the strictest reading due by {found.earliest}; no latest date: {', '.join(found.flags)}."
    if found.earliest == found.latest:
        return f"Due by the end of {found.earliest:%A}, {found.earliest}."
    return f"Due by {found.earliest} in the strictest reading, by {found.latest} in the kindest; overdue after that."
