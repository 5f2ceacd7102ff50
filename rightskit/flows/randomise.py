"""``plan --randomise``: arms are drawn by lot, and the analysis plan is kept before anything leaves."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from rightskit import texts
from rightskit.campaign import config
from rightskit.campaign.lots import Drawing, drawn
from rightskit.errors import Fault, FaultsError, RefusedError
from rightskit.reports.arms import NOT_DRAWN, Drawn
from rightskit.vault import trials

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rightskit.campaign.lots import Lot
    from rightskit.campaign.model import Campaign, Member
    from rightskit.campaign.plan import Aim, Plan
    from rightskit.campaign.trial import Trial
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection
    from rightskit.vault.trials import Kept


def demand(workspace: Workspace, seed: str) -> list[Kept]:
    """Check that a campaign may be planned with this seed, or without one.

    Returns:
        The analysis plan as it is to be kept now; nothing where it was kept before, or where nothing is drawn.

    Raises:
        RefusedError: the campaign declares arms and no seed is given, or the other way round; or it was drawn before
            with another seed, from other arms or in other strata.
        FaultsError: the analysis plan does not exist.
    """
    campaign = workspace.campaign
    trial = campaign.trial
    if trial is None:
        if seed:
            raise RefusedError("campaign.yaml declares no arms that could be drawn.", _HOW)
        return []
    if not seed:
        raise RefusedError(
            "campaign.yaml declares arms: who gets which is drawn by lot.",
            "Choose any word or number, once for all: rightskit plan --randomise SEED",
        )
    digest = _digest(workspace, trial)
    with workspace.vault.read() as connection:
        before, sent = trials.all_kept(connection), trials.sent(connection)
    declared = _declared(campaign, trial)
    if before:
        _same(before[0], seed, declared)
    if before and before[-1].sha256 == digest:
        return []
    return [trials.Kept(seed, declared, trial.analysis, digest, workspace.today, sent)]


def draw(  # noqa: PLR0913, PLR0917 (what the lot depends on)
    workspace: Workspace,
    connection: Connection,
    plan: Plan,
    aims: Iterable[Aim],
    people: Iterable[Member],
    seed: str,
) -> tuple[Plan, list[Lot]]:
    """The plan with the arms that were drawn for its new requests; what was drawn before stays."""
    drawing = Drawing(
        workspace.campaign,
        seed,
        {one.member: one for one in people},
        {(aim.controller.id, aim.right): aim for aim in aims},
        trials.counts(connection),
        workspace.today,
    )
    return drawn(plan, drawing)


def keep(connection: Connection, analysis: Iterable[Kept], lots: Iterable[Lot]) -> None:
    """Write down what was drawn, and from which analysis plan."""
    for one in analysis:
        trials.keep(connection, one)
    trials.add(connection, lots)


def kept(workspace: Workspace) -> list[Kept]:
    """The analysis plans of a campaign, as they stood until today; the first one was kept before anything was drawn."""
    with workspace.vault.read() as connection:
        return [one for one in trials.all_kept(connection) if one.kept <= workspace.today]


def told(one: Kept) -> dict[str, Any]:
    """An analysis plan for programs; of letters that had left only whether there were any."""
    return {
        "seed": one.seed,
        "declared": one.declared,
        "analysis_plan": one.analysis,
        "sha256": one.sha256,
        "kept": one.kept.isoformat(),
        "before_sending": not one.sent,
    }


def told_of(workspace: Workspace, language: str) -> Drawn:
    """What a published page says of the lot: the arms, and sentences about seed and analysis plans."""
    found = kept(workspace)
    if not found:
        return NOT_DRAWN
    arms = [tuple(arm[0] for arm in rule["arms"]) for rule in found[0].declared["rules"]]
    said = [texts.text(language, "report.trial.lot", seed=found[0].seed)]
    for one in found:
        key = "after" if one.sent else "before"
        day = texts.longdate(language, one.kept)
        said.append(texts.text(language, f"report.trial.analysis_{key}", date=day, sha256=one.sha256))
    return Drawn(tuple(dict.fromkeys(arms)), tuple(said))


_HOW = (
    "Write under a rule `arms: [{name: mail, channel: email}, {name: paper, channel: post}]`, and on top "
    "`trial: {strata: [controller], analysis: analysis-plan.md}`."
)


def _digest(workspace: Workspace, trial: Trial) -> str:
    path = workspace.folder / trial.analysis
    if not path.is_file():
        message, hint = (
            f"there is no file {trial.analysis}",
            "write down what will be compared, and how, before sending",
        )
        raise FaultsError([Fault(str(workspace.folder / config.FILE_NAME), trial.line, message, hint, "analysis")])
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _declared(campaign: Campaign, trial: Trial) -> dict[str, Any]:
    """Strata and arms, as JSON has them."""
    arms = [
        {"rights": [right.value for right in rule.rights], "arms": [[a.name, a.letter, a.channel] for a in rule.arms]}
        for rule in campaign.requests
        if rule.arms
    ]
    return {"strata": list(trial.strata), "rules": arms}


def _same(first: Kept, seed: str, declared: Mapping[str, Any]) -> None:
    if first.seed != seed:
        raise RefusedError(
            f"This campaign was drawn with another seed on {first.kept}.",
            f"Its seed stays: rightskit plan --randomise {first.seed}",
        )
    if first.declared != declared:
        raise RefusedError(
            f"Arms or strata in campaign.yaml were changed since they were drawn on {first.kept}.",
            "Restore them; other arms are another campaign.",
        )
