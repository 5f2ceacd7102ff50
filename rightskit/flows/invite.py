"""``members invite``: a personal mail with what to do, and the forms, ready to be signed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.campaign.membership import MemberEventKind, Stage
from rightskit.campaign.plan import way
from rightskit.campaign.reach import arrived
from rightskit.flows import forms, members, missing, plan, reach, tomembers
from rightskit.flows.workspace import library_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rightskit.campaign.model import Member
    from rightskit.flows.members import Standing
    from rightskit.flows.progress import Track
    from rightskit.flows.tomembers import Post, Written
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library

LETTER = "invite"
ANSWER_DAYS = 14
"""How long a member is given to answer."""
_SIGNATURES = frozenset({"mandate", "guardian", "original", "document"})
"""What the forms ask for anyway."""


def invite(workspace: Workspace, folder: Path, track: Track) -> Written:
    """Write to each member who was not invited and has not signed yet; an interrupted writing goes on where it stopped.

    Raises:
        RefusedError: nobody has approved one of the texts as it stands.
    """
    library = library_for(workspace.folder)
    waiting = [one for one in members.standings(workspace) if _waits(one)]
    left = reach.hindrances(workspace, (one.member for one in waiting))
    reachable = [one for one in waiting if one.member.member not in left]
    texts_used = {pair for one in reachable for pair in _texts(workspace, one.member, library)}
    target = tomembers.prepare(workspace, folder, texts_used, library)
    posts = track(_posts(workspace, reachable, library), "invitations", len(reachable))
    done = tomembers.write(workspace, target, posts, library, MemberEventKind.INVITED)
    return tomembers.Written(target, done, left)


def _waits(one: Standing) -> bool:
    """Whether a member is to be invited: not twice, and not who has signed already, such as at a stall."""
    invited = any(event.kind is MemberEventKind.INVITED for event in arrived(one.events))
    signed = one.member.mandate_date is not None
    return not invited and not signed and one.membership.stage is not Stage.WITHDRAWN


def _texts(workspace: Workspace, member: Member, library: Library) -> Iterator[tuple[str, str]]:
    for letter in (LETTER, *forms.names(workspace, member)):
        yield letter, forms.language_of(member, library, letter)


def _posts(workspace: Workspace, reachable: list[Standing], library: Library) -> Iterator[Post]:
    aims = plan.aims(workspace)
    lacks = {one.member.member: one.lacks for one in reachable}
    controllers = list(dict.fromkeys(aim.controller.name for aim in aims))
    for member, sheets in forms.printed(workspace, [one.member for one in reachable], aims, library):
        language = forms.language_of(member, library, LETTER)
        wanted = [lack for lack in lacks[member.member] if lack.item not in _SIGNATURES]
        fields = {
            "campaign": workspace.campaign.title,
            "request_titles": list(dict.fromkeys(texts.text(language, f"right.{aim.right}") for aim in aims)),
            "controllers": controllers,
            "way": way(member, workspace.campaign),
            "member": member.member,
            "wanted": missing.words(workspace, wanted, language),
            "answer_by": workspace.today + dt.timedelta(days=ANSWER_DAYS),
        }
        yield tomembers.Post(member, LETTER, language, fields, [tomembers.sheet(*one) for one in sheets])
