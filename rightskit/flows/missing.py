"""``members missing``: who lacks what for which controllers, and one mail to each that asks for all of it at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.campaign.membership import MemberEventKind, Stage
from rightskit.campaign.reach import arrived
from rightskit.cases.model import EventKind, NextStep
from rightskit.flows import forms, letters, members, reach, status, tomembers
from rightskit.flows.workspace import library_for
from rightskit.rendering.model import LetterOrder, Party

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.lacks import Lack
    from rightskit.flows.members import Standing
    from rightskit.flows.progress import Track
    from rightskit.flows.status import Case
    from rightskit.flows.tomembers import Post, Written
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library

LETTER = "missing"
SHEET = "identity-sheet"
ANSWER_DAYS = 14
ASK_AGAIN = 14
"""A member who was asked is left in peace for so many days."""
_COMMON = frozenset(
    {
        *("mandate", "guardian", "original", "document", "contact", "reason"),
        *("name", "address", "birthdate", "email", "phone"),
    }
)


@dataclass(frozen=True, slots=True)
class Missing:
    """What one member lacks.

    Attributes:
        identity: ids of controllers that may ask for proof of identity, and have.
        asked: when the member was asked last; None: never.
    """

    standing: Standing
    identity: tuple[str, ...]
    asked: dt.date | None

    @property
    def name(self) -> str:
        """The member's id."""
        return self.standing.member.member


def missing(workspace: Workspace) -> list[Missing]:
    """Everybody who takes part and lacks something."""
    identity = _identity(workspace)
    found = []
    for one in members.standings(workspace):
        if one.membership.stage is Stage.WITHDRAWN or one.membership.held:
            continue
        wanted = tuple(identity.get(one.member.member, {}))
        if one.lacks or wanted:
            found.append(Missing(one, wanted, _asked(one)))
    return found


def ask(workspace: Workspace, folder: Path, track: Track) -> Written:
    """Write one mail to each who lacks something and was not asked in the last days.

    Raises:
        RefusedError: nobody has approved one of the texts as it stands.
    """
    library = library_for(workspace.folder)
    again = workspace.today - dt.timedelta(days=ASK_AGAIN)
    waiting = [one for one in missing(workspace) if one.asked is None or one.asked <= again]
    left = reach.hindrances(workspace, (one.standing.member for one in waiting))
    reachable = [one for one in waiting if one.name not in left]
    used = {pair for one in reachable for pair in _texts(one, library)}
    target = tomembers.prepare(workspace, folder, used, library)
    posts = (_post(workspace, one, library) for one in track(reachable, "mails", len(reachable)))
    done = tomembers.write(workspace, target, posts, library, MemberEventKind.ASKED)
    return tomembers.Written(target, done, left)


def words(workspace: Workspace, lacks: Sequence[Lack], language: str) -> list[dict[str, object]]:
    """What is lacking, as a letter says it: a thing, and the names of those who need it."""
    return [
        {
            "what": _word(lack.item, language),
            "controllers": [workspace.controller(name).name for name in lack.controllers],
        }
        for lack in lacks
    ]


def _word(item: str, language: str) -> str:
    return texts.text(language, f"lack.{item}") if item in _COMMON else letters.label(item, language)


def _post(workspace: Workspace, one: Missing, library: Library) -> Post:
    member = one.standing.member
    language = forms.language_of(member, library, LETTER)
    names = [workspace.controller(name).name for name in one.identity]
    fields: dict[str, object] = {
        "campaign": workspace.campaign.title,
        "member": member.member,
        "items": words(workspace, one.standing.lacks, language),
        "identity": names,
        "answer_by": workspace.today + dt.timedelta(days=ANSWER_DAYS),
    }
    sheets = [tomembers.sheet(*made) for made in _sheet(workspace, one, names, library)] if names else []
    return tomembers.Post(member, LETTER, language, fields, sheets)


def _sheet(workspace: Workspace, one: Missing, names: list[str], library: Library) -> Iterator[tuple[str, bytes]]:
    """What to black out on an identity document, for whom a controller may ask for one."""
    member, organiser = one.standing.member, workspace.campaign.organiser
    order = LetterOrder(
        letter=SHEET,
        language=forms.language_of(member, library, SHEET),
        date=workspace.today,
        sender=Party(organiser.name, organiser.address, workspace.account.address),
        recipient=Party(member.name, member.address, member.email),
        fields={"controllers": names, "member": member.member},
    )
    for _, made in forms.sheets([member], [(member, order)], library):
        yield from made


def _texts(one: Missing, library: Library) -> Iterator[tuple[str, str]]:
    for letter in (LETTER, *((SHEET,) if one.identity else ())):
        yield letter, forms.language_of(one.standing.member, library, letter)


def _asked(one: Standing) -> dt.date | None:
    days = [
        event.happened
        for event in arrived(one.events)
        if event.kind is MemberEventKind.ASKED and event.detail.get("about") == LETTER
    ]
    return max(days, default=None)


def _identity(workspace: Workspace) -> Mapping[str, dict[str, None]]:
    """Member id -> controllers that may ask for proof of identity, and whose demand the member has to answer."""
    found: dict[str, dict[str, None]] = {}
    for case in status.cases(workspace):
        if case.status.next is NextStep.ANSWER_IDENTITY and _may_ask(workspace, case):
            found.setdefault(case.request.member, {})[case.request.controller] = None
    return found


def _may_ask(workspace: Workspace, case: Case) -> bool:
    """Always, or with a reason that a person found good; else the demand is contested."""
    may = workspace.controller(case.request.controller).may_ask_id
    justified = any(event.kind is EventKind.DEMAND_JUSTIFIED for event in case.events)
    return may == "yes" or (may == "with-reason" and justified)
