"""``send``: the letters of planned requests leave, once each; ``posted``: a person says that they went out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import Event, EventKind
from rightskit.errors import NotFoundError, RefusedError
from rightskit.flows import letters
from rightskit.flows.dispatch import ABOUT, CHANNELS, FOLLOW_UPS, Dispatched, Draft, dispatch
from rightskit.vault import departures, members, membership, outgoing, requests

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from rightskit.campaign.model import Request
    from rightskit.flows.printbundle import Paper
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.outgoing import Kept
    from rightskit.vault.store import Connection


@dataclass(frozen=True, slots=True)
class Ready:
    """What a sending would come to.

    Attributes:
        drafts: letters that would leave.
        held: reference -> controller whose record is unverified: a person's yes is needed.
        already: how many of this channel left before.
        others: channel -> how many letters wait that go another way.
        planned: how many requests there are.
    """

    drafts: tuple[Draft, ...]
    held: Mapping[str, str]
    already: int
    others: Mapping[str, int]
    planned: int


def ready(workspace: Workspace, to: str, limit: int | None, *, unverified: bool) -> Ready:
    """What ``send --to`` would write, in the order of planning.

    Args:
        workspace: the campaign.
        to: ``outbox``, ``print`` or ``smtp``.
        limit: at most so many.
        unverified: a person said yes to controllers whose record is unverified.
    """
    with workspace.vault.read() as connection:
        people = members.by_id(connection)
        known_begun = begun(connection, to)
        ended = membership.barred(connection)
        known = requests.all_requests(connection)
        ours = [r for r in known if not r.alone and r.reference not in ended]
        waiting = [r for r in ours if r.channel == CHANNELS[to]]
    writer = letters.writer(workspace)
    drafts: list[Draft] = []
    held: dict[str, str] = {}
    already = 0
    for request in waiting:
        controller = workspace.controller(request.controller)
        if known_begun.get((request.reference, request.letter)) in {ANYWHERE, controller.email}:
            already += 1
        elif controller.quality == "unverified" and not unverified:
            held[request.reference] = controller.id
        else:
            order = writer.order(request, people[request.member], controller)
            drafts.append(Draft(order, controller.id, controller.country))
    others = _others(known, ended | {reference for reference, _ in known_begun}, CHANNELS[to])
    return Ready(tuple(drafts[:limit]), held, already, others, len(known))


def _others(known: Iterable[Request], done: Collection[str], channel: str) -> dict[str, int]:
    """Channel -> how many of its letters wait, but for the one that is asked for."""
    waiting = Counter("kit" if one.alone else one.channel for one in known if one.reference not in done)
    return {name: number for name, number in waiting.items() if name != channel}


ANYWHERE = "*"


def begun(connection: Connection, to: str) -> dict[tuple[str, str], str]:
    """Reference and letter of what was begun before -> the address at which it was refused, or :data:`ANYWHERE`.

    A folder takes up again what an interruption left; what we send ourselves is begun once, unless it was refused and
    the address was mended since.
    """
    free = {"intended"} if to != "smtp" else set()
    refused = departures.addresses_of_refused(connection) if to == "smtp" else {}
    states = outgoing.states(connection)
    return {key: refused.get(key, ANYWHERE) for key, state in states.items() if state not in free}


def send(  # noqa: PLR0913, PLR0917 (what is sent, where to, and how)
    workspace: Workspace, found: Ready, to: str, folder: Path, track: Track, paper: Paper | None = None
) -> Dispatched:
    """Write the letters into the folder."""
    return dispatch(workspace, found.drafts, to, folder, track, paper)


def posted(workspace: Workspace, batch: str, date: dt.date, tracking: Mapping[str, str] | None = None) -> int:
    """Note that a person sent the letters of a batch, and give their number.

    Args:
        workspace: the campaign.
        batch: its name.
        date: of posting.
        tracking: reference -> number of the registered letter.

    Raises:
        NotFoundError: there is no such batch.
        RefusedError: it was noted before, or the date lies ahead, or before the day on which the batch was written.
    """
    workspace.demand_past(date, "Note the posting on the day, or after it.")
    with workspace.vault.write() as connection:
        found = outgoing.of_batch(connection, batch)
        if not found:
            known = ", ".join(sorted(outgoing.batches(connection))) or "none yet"
            raise NotFoundError(f"There is no batch {batch!r}.", f"There are: {known}")
        if date < (written := _day_of(batch)):
            raise RefusedError(f"{date} lies before {written}, when the batch was written.", "Note the day of posting.")
        fresh = [kept for kept in found if kept.state == "queued"]
        if not fresh:
            raise RefusedError(f"The batch {batch} was noted as posted before.")
        outgoing.settle(connection, [kept.message_id for kept in fresh], "sent")
        requests.record(connection, [_sent(workspace, kept, date, tracking or {}) for kept in fresh])
    return len(fresh)


def _day_of(batch: str) -> dt.date:
    """The day on which a batch was written, which its name starts with."""
    return dt.date.fromisoformat(batch[:10])


def _sent(workspace: Workspace, kept: Kept, date: dt.date, tracking: Mapping[str, str]) -> Event:
    kind = FOLLOW_UPS.get(kept.letter, EventKind.SENT)
    detail = {"channel": "email" if kept.recipient else "post"}
    if number := tracking.get(kept.reference):
        detail = {"channel": "registered", "tracking": number}
    if kept.letter in ABOUT:
        detail["demand"] = ABOUT[kept.letter].value
    return Event(kept.reference, kind, date, workspace.now, source="person", detail=detail, rule="posted")
