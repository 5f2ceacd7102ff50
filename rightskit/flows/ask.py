"""``ask``: before anyone is reminded, members are asked whether anything came."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rightskit.cases.model import Event, EventKind, NextStep
from rightskit.delivery.model import Outgoing, Parcel
from rightskit.flows import indoubt, questions, reach, status, tomembers
from rightskit.flows.post import Mail
from rightskit.flows.questions import Kind, Question
from rightskit.flows.workspace import library_for

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from rightskit.flows.progress import Track
    from rightskit.flows.questions import Asked
    from rightskit.flows.status import Case
    from rightskit.flows.tomembers import Post
    from rightskit.flows.workspace import Workspace

KIND = Kind("ask", days=7)


def due(workspace: Workspace) -> list[Question]:
    """What members must be asked; of whom a question is in doubt is not asked again meanwhile."""
    held = {one.reference for one in indoubt.listed(workspace) if one.letter.startswith("ask-")}
    found = [case for case in status.cases(workspace) if case.status.next is NextStep.ASK_MEMBER]
    waiting = {case.request.member for case in found if case.request.reference in held}
    return [Question(case, _asked(workspace, case)) for case in found if case.request.member not in waiting]


def ask(workspace: Workspace, folder: Path, track: Track) -> Asked:
    """Write one mail per member with all their open requests, and note that they were asked.

    Raises:
        RefusedError: nobody has approved the question's text as it stands.
    """
    return questions.ask(workspace, folder, KIND, due(workspace), track)


def mails(workspace: Workspace) -> tuple[list[Mail], dict[str, str]]:
    """The questions as messages that are due, and the ids of members whom mail does not reach, with the reason."""
    people, library = questions.people(workspace), library_for(workspace.folder)
    found = sorted(due(workspace), key=_member)
    asked = [(people[name], list(some)) for name, some in groupby(found, key=_member)]
    left = reach.hindrances(workspace, (member for member, _ in asked))
    some = [(member, about) for member, about in asked if member.member not in left]
    posts = [questions.post(workspace, KIND, member, about, library) for member, about in some]
    return [_due(workspace, one) for one in posts], left


def _member(one: Question) -> str:
    return one.case.request.member


def _due(workspace: Workspace, post: Post) -> Mail:
    """A question by SMTP; a member is asked again on another day, so it is unique by its day."""
    first, slug = post.events[0].reference, f"{KIND.letter}-{workspace.today}"

    def write(moment: dt.datetime) -> Outgoing:
        raw, message_id = tomembers.mail(workspace, post, library_for(workspace.folder), moment)
        return Outgoing(first, slug, message_id, post.member.email, raw)

    return Mail(
        Parcel(first, slug, post.member.email, write),
        EventKind.MEMBER_ASKED,
        tuple(event.reference for event in post.events),
        post.member.member,
        (post.letter, post.language),
    )


def _asked(workspace: Workspace, case: Case) -> Event:
    return Event(case.request.reference, EventKind.MEMBER_ASKED, workspace.today, workspace.now, rule="ask")
