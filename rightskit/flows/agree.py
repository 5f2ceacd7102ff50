"""``members agree``: a member consents to pooling after they joined: by mail, by phone, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEvent, MemberEventKind
from rightskit.errors import RefusedError
from rightskit.flows.release import demand_consent
from rightskit.vault import members, membership

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rightskit.flows.workspace import Workspace


def agree(workspace: Workspace, member: str, scopes: Sequence[str], day: dt.date, evidence: str) -> None:
    """Keep a consent to the campaign's present text, with what shows it (Art. 7(1) GDPR).

    Args:
        workspace: the campaign.
        member: the member's id.
        scopes: what they agreed to.
        day: of agreeing.
        evidence: what shows it, in a few words.

    Raises:
        NotFoundError: there is no such member.
        RefusedError: the campaign does not ask for that consent, or the day lies ahead.
    """
    demand_consent(workspace)
    asked = workspace.campaign.consent
    if other := [scope for scope in scopes if scope not in asked.scopes]:
        raise RefusedError(
            f"The campaign's consent text does not ask for {other[0]}.", f"It asks for: {' '.join(asked.scopes)}"
        )
    workspace.demand_past(day)
    received = workspace.today if day != workspace.today else None
    detail = {"version": asked.version, "scopes": " ".join(scopes)}
    kind = MemberEventKind.AGREED
    with workspace.vault.write() as connection:
        members.one(connection, member)
        members.agree(connection, [(member, asked.version, scopes, day)])
        event = MemberEvent(member, kind, day, workspace.now, received, "person", evidence, detail)
        membership.record(connection, [event])
