"""``status --members`` and ``status --funnel``: the figures of the report as they are, for the campaign's own eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.flows import caserows, consent_answers, memberrows, reach
from rightskit.reports import funnels, recruitment

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace


def members(workspace: Workspace) -> list[dict[str, object]]:
    """A line for each figure of members."""
    delivered = memberrows.delivered(caserows.rows(workspace))
    rows = memberrows.rows(workspace, memberrows.persons(workspace), {}, delivered)
    facts = {fact.replace("_", " "): number for fact, number in recruitment.exact(rows.values()).items()}
    facts["unreachable by mail"] = len(reach.unreachable(workspace))
    if workspace.campaign.consent.version:
        facts |= consent_answers.funnel(workspace)
    return [{"members": fact, "number": number} for fact, number in facts.items()]


def funnel(workspace: Workspace) -> list[dict[str, object]]:
    """A line for each controller and right, with the number of members and of requests that came to each step."""
    counts = funnels.exact(caserows.rows(workspace))
    return [{"controller": controller, "right": right, **steps} for (controller, right), steps in counts.items()]
