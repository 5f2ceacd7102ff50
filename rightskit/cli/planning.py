"""``plan``: who gets what, and who is left out, because."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import drawing, output, session
from rightskit.cli.options import DryRun, Json
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from rightskit.campaign.plan import Plan


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(plan)


def plan(
    dry_run: DryRun = False,
    randomise: Annotated[
        str, typer.Option(metavar="SEED", help="Draw letter, channel and order by lot, as campaign.yaml declares arms.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Plan who gets what, and show who is left out, because.

    Where a rule of campaign.yaml has `arms`, the lot decides who gets which. The seed is any word or number, and the
    same each time; what was drawn before stays. The analysis plan's SHA-256 is kept before anything leaves.

    Example: `rightskit plan --dry-run`

    Example: `rightskit plan --randomise 2026`
    """
    from rightskit.flows import plan as flow

    space = session.workspace()
    found = flow.plan(space, dry_run=dry_run, seed=randomise, track=output.track)
    if as_json:
        _plan_lines(found)
        return
    _tables(found)
    verb = "would be planned" if dry_run else "planned"
    standing = f", {found.standing} were planned before" if found.standing else ""
    output.say(f"{counted(len(found.requests), 'request')} {verb}{standing}, {len(found.left_out)} left out.")
    _next_steps(found, dry_run=dry_run)
    if randomise:
        drawing.tell(space, found, randomise)


def _tables(found: Plan) -> None:
    """Who gets what, who is left out, and which letters there are in another language only."""
    counts = Counter((r.controller, r.right, r.channel, r.language) for r in found.requests)
    rows = [(*key, number) for key, number in sorted(counts.items())]
    if rows:
        output.table(("controller", "right", "channel", "language", "requests"), rows)
    if found.left_out:
        output.say("")
        output.table(("controller", "left out, because", "requests"), _left_out(found))
    for (controller, language), number in found.fallbacks.items():
        output.warn(f"{number} to {controller} are written in {language!r}: there are no letters that were asked for.")


def _next_steps(found: Plan, *, dry_run: bool) -> None:
    if not found.requests and not found.left_out and not found.standing:
        output.say("There are no members yet: rightskit members import FILE.csv")
    if found.requests and not dry_run:
        by_mail = any(one.channel == "email" and not one.alone for one in found.requests)
        way = "smtp" if by_mail else "kit" if all(one.alone for one in found.requests) else "print"
        output.warn(f'Next: rightskit letters approve --by "YOUR NAME"; then: rightskit send --to {way} --dry-run')
    if found.left_out:
        output.warn("What members lack: rightskit members missing")


def _plan_lines(found: Plan) -> None:
    for request in found.requests:
        output.json_line(
            {
                "request": request.reference,
                "member": request.member,
                "controller": request.controller,
                "right": request.right,
                "channel": request.channel,
                **({"arm": found.arms[request.reference]} if request.reference in found.arms else {}),
            }
        )
    for left in found.left_out:
        output.json_line(
            {"left_out": left.member, "controller": left.controller, "right": left.right, "reason": left.reason}
        )


def _left_out(found: Plan) -> list[tuple[str, str, int]]:
    """Controller, reason and number; ``all`` where a reason stands at several."""
    reasons = Counter((left.controller, left.reason) for left in found.left_out)
    everywhere = Counter(left.reason for left in found.left_out)
    grouped = {
        ("all" if everywhere[reason] > number else controller, reason, everywhere[reason])
        for (controller, reason), number in reasons.items()
    }
    return sorted(grouped)
