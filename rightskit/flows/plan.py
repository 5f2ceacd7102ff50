"""``plan``: who gets what, and who is left out, because."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.campaign import plan as planning
from rightskit.campaign.reference import new_reference
from rightskit.cases.model import Event, EventKind
from rightskit.errors import FaultsError, RefusedError
from rightskit.flows import randomise
from rightskit.flows.campaign import missing_letters, unknown_details
from rightskit.flows.progress import silent
from rightskit.flows.workspace import library_for
from rightskit.registry import load as registry_load
from rightskit.registry import search
from rightskit.registry.encode import encode
from rightskit.vault import addressees, members, requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rightskit.campaign.model import Request, RequestRule
    from rightskit.campaign.plan import Aim, Plan
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.registry.model import Controller, Registry
    from rightskit.vault.store import Connection


def plan(workspace: Workspace, *, dry_run: bool, seed: str = "", track: Track = silent) -> Plan:
    """Plan the requests that the campaign's rules ask for and that are not planned yet.

    Args:
        workspace: the campaign.
        dry_run: show the plan and keep nothing.
        seed: of the lot by which arms are drawn; empty where the campaign declares none.
        track: counts the members.

    Raises:
        FaultsError: a letter, or the analysis plan, that the campaign names does not exist.
        RefusedError: its letters have no language in common, or it cannot be planned with this seed.
    """
    found = aims(workspace)
    spoken = languages(workspace, found)
    analysis = randomise.demand(workspace, seed)
    with workspace.vault.write() as connection:
        standing = requests.all_requests(connection)
        drawn = draw({request.reference for request in standing})
        people = members.taking_part(connection)
        plan = planning.plan(
            track(people, "members", len(people)),
            found,
            workspace.campaign,
            existing={(request.member, request.controller, request.right) for request in standing},
            languages=spoken,
            today=workspace.today,
            new_reference=lambda: next(drawn),
        )
        plan, lots = randomise.draw(workspace, connection, plan, found, people, seed) if seed else (plan, [])
        if not dry_run:
            requests.add(connection, plan.requests)
            remember(workspace, connection, [*standing, *plan.requests])
            randomise.keep(connection, analysis, lots)
            requests.record(connection, [_planned(workspace, request.reference) for request in plan.requests])
    return plan


def remember(workspace: Workspace, connection: Connection, some: Iterable[Request]) -> None:
    """Keep the records of the controllers of requests, for the day on which the registry no longer has them."""
    known = workspace.registry.controllers
    names = {request.controller for request in some}.difference(workspace.lost)
    addressees.keep(connection, {name: encode(known[name]) for name in names if name in known})


def aims(workspace: Workspace) -> list[Aim]:
    """Each right towards each controller that the campaign's rules come to."""
    return [
        planning.Aim(right, controller, rule)
        for rule in workspace.campaign.requests
        for controller in meant(workspace.registry, rule)
        for right in rule.rights
    ]


def meant(registry: Registry, rule: RequestRule) -> list[Controller]:
    """The controllers that a rule of a campaign names, or chooses by category and country; each once."""
    named = [registry_load.get(registry, name) for name in rule.controllers]
    chosen = search.select(registry, rule.categories, rule.countries) if rule.categories else []
    return list({controller.id: controller for controller in [*named, *chosen]}.values())


def languages(workspace: Workspace, aims: list[Aim]) -> list[str]:
    """The languages in which every letter of the campaign exists, English first as the fallback."""
    library = library_for(workspace.folder)
    about = workspace.folder, workspace.campaign, library
    faults = missing_letters(*about) or unknown_details(*about)
    if faults:
        raise FaultsError(faults)
    needed = {letter for aim in aims for letter in aim.rule.letters(aim.right)}
    by_language: dict[str, set[str]] = {}
    for template in library.letters(needed):
        by_language.setdefault(template.language, set()).add(template.letter)
    languages = [language for language, letters in by_language.items() if needed <= letters]
    if not languages:
        raise RefusedError(
            "There is no language in which all letters of the campaign exist: " + ", ".join(sorted(needed)),
            "See what there is with: rightskit letters list",
        )
    return sorted(languages, key=lambda language: (language != "en", language))


def draw(taken: set[str]) -> Iterator[str]:
    """References that are free in the vault."""
    while True:
        reference = new_reference()
        if reference not in taken:
            taken.add(reference)
            yield reference


def _planned(workspace: Workspace, reference: str) -> Event:
    return Event(reference, EventKind.PLANNED, workspace.today, workspace.now, rule="plan")
