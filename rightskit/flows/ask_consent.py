"""``ask --consent``: may a member's data be pooled? The text is shown; a plain yes or no to each purpose is kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rightskit.campaign.mandates import is_minor
from rightskit.campaign.membership import MemberEventKind
from rightskit.campaign.reach import arrived
from rightskit.delivery.message import Attachment
from rightskit.flows import forms, reach, tomembers
from rightskit.flows.consent_answers import LETTER, digest
from rightskit.flows.release import demand_consent
from rightskit.flows.workspace import library_for
from rightskit.vault import members, membership

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.campaign.membership import MemberEvent
    from rightskit.campaign.model import Consent, Member
    from rightskit.flows.progress import Track
    from rightskit.flows.tomembers import Post, Written
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library

DAYS = 14
"""How long a member is given to answer."""


def ask(workspace: Workspace, folder: Path, track: Track) -> Written:
    """Write to each member who was never asked about the campaign's present consent text, and has not agreed to it.

    Who has refused it, or withdrawn it, is not asked again: that would be pressure (Art. 7(4) GDPR). For a minor the
    guardian signs the form on paper.

    Raises:
        RefusedError: the campaign asks for no consent, or nobody has approved the letter as it stands.
    """
    demand_consent(workspace)
    library = library_for(workspace.folder)
    waiting = _waiting(workspace)
    left = reach.hindrances(workspace, waiting)
    reachable = [one for one in waiting if one.member not in left]
    used = {(LETTER, forms.language_of(one, library, LETTER)) for one in reachable}
    target = tomembers.prepare(workspace, folder, used, library)
    posts = (_post(workspace, one, library) for one in track(reachable, "mails", len(reachable)))
    done = tomembers.write(workspace, target, posts, library, MemberEventKind.ASKED)
    return tomembers.Written(target, done, left)


def _waiting(workspace: Workspace) -> list[Member]:
    consent = workspace.campaign.consent
    with workspace.vault.read() as connection:
        people = members.taking_part(connection)
        left_out = membership.held(connection) | members.with_consent(connection, consent.version)
        events = membership.events_by_member(connection)
    asked = {name for name, own in events.items() if any(_is_about(event, consent) for event in arrived(own))}
    return [
        one for one in people if one.member not in left_out | asked and not is_minor(one.birthdate, workspace.today)
    ]


def _is_about(event: MemberEvent, consent: Consent) -> bool:
    """Whether a member was asked about the text, or has refused it."""
    if event.kind is MemberEventKind.DECLINED:
        return event.detail.get("version") == consent.version
    return event.kind is MemberEventKind.ASKED and event.detail.get("text") == digest(consent)


def _post(workspace: Workspace, member: Member, library: Library) -> Post:
    consent, language = workspace.campaign.consent, forms.language_of(member, library, LETTER)
    fields = {
        "campaign": workspace.campaign.title,
        "consent_version": consent.version,
        "scopes": list(consent.scopes),
        "answer_by": workspace.today + dt.timedelta(days=DAYS),
    }
    text = Attachment(f"consent-{consent.version}.txt", "text/plain", consent.text.encode())
    return tomembers.Post(member, LETTER, language, fields, [text], detail={"text": digest(consent)})
