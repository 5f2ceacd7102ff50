"""``members list`` and ``show``: how far members have come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.cli import output, session
from rightskit.cli.members import members
from rightskit.cli.options import Json, MemberId

if TYPE_CHECKING:
    import typer

    from rightskit.campaign.model import Member
    from rightskit.flows.members import Standing


def register(_: typer.Typer) -> None:
    """Add the commands of this module."""
    members.command("list")(list_)
    members.command("show")(show)


def list_(as_json: Json = False) -> None:
    """List the members, how far each has come, and what they signed.

    Example: `rightskit members list`
    """
    from rightskit.flows import members as flow

    found = flow.standings(session.workspace())
    if as_json:
        for one in found:
            output.json_line(_line(one))
        return
    if not found:
        output.say("No members yet: rightskit members import FILE.csv, or rightskit members add")
        return
    output.table(
        ("member", "name", "stage", "mandate", "receive", "consent"),
        [
            (m.member, m.name, _stage(one), m.mandate_date, m.receive_date, " ".join(m.consent_scope))
            for one in found
            for m in [one.member]
        ],
    )


def _line(one: Standing) -> dict[str, object]:
    from rightskit.campaign.reach import unreachable_since

    member = one.member
    return {
        "member": member.member,
        "name": member.name,
        "stage": one.membership.stage,
        "held": one.membership.held,
        "unreachable_since": unreachable_since(one.events),
        "mandate": member.mandate_date,
        "receive": member.receive_date,
        "consent": member.consent_version or None,
        "consent_scope": list(member.consent_scope),
        "consent_date": member.consent_date,
        "lacks": {lack.item: list(lack.controllers) for lack in one.lacks},
    }


def _consent(member: Member) -> str:
    """What a member agreed to, in a line."""
    if not member.consent_version:
        return "No consent to pooling."
    since = f"since {member.consent_date}" if member.consent_date else "its day was not kept"
    return f"Consent to {' and '.join(member.consent_scope)}: version {member.consent_version}, {since}."


def _stage(one: Standing) -> str:
    from rightskit.campaign.reach import unreachable_since

    held = "held" if one.membership.held else ""
    return ", ".join(filter(None, (one.membership.stage, held, "no mail" if unreachable_since(one.events) else "")))


def show(member: MemberId, as_json: Json = False) -> None:
    """Show one member: how far they have come, what they lack, and what happened.

    Example: `rightskit members show M7K2QX9DA`
    """
    from rightskit.flows import members as flow

    (one,) = flow.standings(session.workspace(), member)
    if as_json:
        output.json_line(_line(one))
        return
    _person(one)
    output.table(("stage", "since", "evidence"), [(r.stage, r.date, r.evidence[:40]) for r in one.membership.reached])
    if one.lacks:
        output.say("")
        output.table(("lacks", "for"), [(lack.item, " ".join(lack.controllers)) for lack in one.lacks])
    output.say("")
    rows = [
        (e.happened, e.received, e.noted.date(), e.kind, e.detail.get("by") or e.source, e.evidence[:40])
        for e in one.events
    ]
    output.table(("happened", "received", "noted", "event", "by", "evidence"), rows)


def _person(one: Standing) -> None:
    """Who the member is, how they are reached, what they agreed to, and what was noted of them."""
    from rightskit.campaign.reach import unreachable_since
    from rightskit.flows.member_notes import notes

    person = one.member
    for line in filter(None, (person.name, *person.address, person.country, person.email, person.phone)):
        output.say(line)
    output.say(f"\n{_stage(one)}")
    output.say(_consent(person))
    if since := unreachable_since(one.events):
        output.say(f"Unreachable by mail since {since}: write by post, or call.")
        output.say(f"A better address: rightskit members change {person.member} --email ADDRESS")
    for note in notes(one.events):
        output.say(f"Note of {note.day}{f' to {note.about}' if note.about else ''}: {' '.join(note.words.split())}")
