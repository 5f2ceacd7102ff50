"""What ``plan --randomise`` says of the lot."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rightskit.cli import output

if TYPE_CHECKING:
    from rightskit.campaign.plan import Plan
    from rightskit.flows.workspace import Workspace

_SHOWN = 16
"""Characters of a checksum that a person compares."""


def tell(space: Workspace, plan: Plan, seed: str) -> None:
    """How many requests of each controller were drawn for each arm, and which analysis plan was kept."""
    from rightskit.flows import randomise

    drawn = [request for request in plan.requests if request.reference in plan.arms]
    counts = Counter((one.controller, plan.arms[one.reference]) for one in drawn)
    output.say(f"\nDrawn by lot with the seed {seed}: {len(drawn)} requests.")
    if drawn:
        output.table(("controller", "arm", "requests"), [(*key, number) for key, number in sorted(counts.items())])
    if apart := len(plan.requests) - len(drawn):
        output.say(f"{apart} have no arm, because not every arm could reach them: leave them out of comparisons.")
    kept = randomise.kept(space)
    if kept:
        first = kept[0]
        output.say(f"{first.analysis} was kept on {first.kept}, before letters left: SHA-256 {first.sha256[:_SHOWN]}…")
    for later in kept[1:]:
        output.warn(f"{later.analysis} was changed after {later.sent} requests had left; both versions are kept.")
