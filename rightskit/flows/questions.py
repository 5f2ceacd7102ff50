"""Questions to members about their requests: one mail each with all of them, and what was asked is noted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.cases.model import EventKind
from rightskit.delivery.message import Attachment
from rightskit.flows import reach, tomembers
from rightskit.flows.followup import day_of
from rightskit.flows.workspace import library_for
from rightskit.rendering.layouts import layout_for
from rightskit.rendering.letter import render
from rightskit.rendering.pdf import pdf
from rightskit.vault import members

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.model import Member
    from rightskit.cases.model import Event
    from rightskit.flows.progress import Track
    from rightskit.flows.status import Case
    from rightskit.flows.tomembers import Post
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library
    from rightskit.rendering.model import LetterOrder


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking came to.

    Attributes:
        folder: where the mails lie.
        members: how many members were asked, one mail each.
        requests: about how many requests.
        unreachable: ids of members to whom nothing was written, and why.
        by_post: ids of those for whom a letter lies there instead, to be posted, and why.
        stopped: reference -> why its text is not shown.
    """

    folder: Path
    members: int
    requests: int
    unreachable: Mapping[str, str]
    by_post: Mapping[str, str] = field(default_factory=dict)
    stopped: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question.

    Attributes:
        letter: the slug of the mail that asks.
        days: how long a member is given to answer.
    """

    letter: str
    days: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one request.

    Attributes:
        event: that it was asked.
        shown: the letter that the member is to read before they answer; it goes along as text.
        fields: what the mail says of it beyond the request itself.
    """

    case: Case
    event: Event
    shown: LetterOrder | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


def people(workspace: Workspace) -> dict[str, Member]:
    """Member id -> member."""
    with workspace.vault.read() as connection:
        return members.by_id(connection)


def ask(workspace: Workspace, folder: Path, kind: Kind, found: Iterable[Question], track: Track) -> Asked:
    """Write one mail per member with all that they are asked, and note that they were.

    Raises:
        RefusedError: nobody has approved the text of the question, or of a letter that it shows.
    """
    asked: dict[str, list[Question]] = defaultdict(list)
    for one in found:
        asked[one.case.request.member].append(one)
    left, known, library = *_reach(workspace, asked), library_for(workspace.folder)
    reachable = [(known[name], some) for name, some in asked.items() if _is_reachable(known[name], some)]
    reached = {member.member for member, _ in reachable}
    if reachable:
        shown = {(one.shown.letter, one.shown.language) for _, some in reachable for one in some if one.shown}
        own = {(kind.letter, _language(member, some, kind, library)) for member, some in reachable}
        target = tomembers.prepare(workspace, folder, shown | own, library)
        posts = (post(workspace, kind, *one, library) for one in track(reachable, "questions", len(reachable)))
        tomembers.write(workspace, target, posts, library)
    unreachable = {name: why for name, why in left.items() if name not in reached}
    by_post = {name: why for name, why in left.items() if name in reached}
    return Asked(folder, len(reachable), sum(len(some) for _, some in reachable), unreachable, by_post)


def _reach(workspace: Workspace, names: Iterable[str]) -> tuple[dict[str, str], dict[str, Member]]:
    """Why mail reaches whom not, and the members as they can be written to: those without an address by post."""
    known = people(workspace)
    left = reach.hindrances(workspace, (known[name] for name in names))
    return left, {name: replace(one, email="") if name in left else one for name, one in known.items()}


def _is_reachable(member: Member, asked: Sequence[Question]) -> bool:
    """By mail; by post where there is something to be read, while a plain question is asked on the phone."""
    return bool(member.email or (member.street and all(one.shown for one in asked)))


def post(workspace: Workspace, kind: Kind, member: Member, asked: Sequence[Question], library: Library) -> Post:
    """One mail with all questions to one member."""
    language = _language(member, asked, kind, library)
    fields = {
        "requests": [{**_entry(workspace, one.case, language), **one.fields} for one in asked],
        "answer_by": workspace.today + dt.timedelta(days=kind.days),
    }
    written = _as_text if member.email else _as_paper
    files = [written(one.shown, library) for one in asked if one.shown]
    return tomembers.Post(member, kind.letter, language, fields, files, [one.event for one in asked])


def _language(member: Member, asked: Sequence[Question], kind: Kind, library: Library) -> str:
    """The member's own, else that of their letters; where there is no such text, what stands in for it."""
    return library.template(kind.letter, member.language or asked[0].case.request.language).language


def _entry(workspace: Workspace, case: Case, language: str) -> dict[str, object]:
    request = case.request
    return {
        "title": texts.text(language, f"right_short.{request.right}"),
        "controller": workspace.controller(request.controller).name,
        "sent_on": day_of(case, EventKind.SENT) or request.planned,
        "reference": request.reference,
    }


def _as_text(order: LetterOrder, library: Library) -> Attachment:
    letter = render(order, library)
    return Attachment(f"{order.reference}.txt", "text/plain", f"{letter.subject}\n\n{letter.text}".encode())


def _as_paper(order: LetterOrder, library: Library) -> Attachment:
    return tomembers.sheet(f"{order.reference}.pdf", pdf(render(order, library), layout_for("")))
