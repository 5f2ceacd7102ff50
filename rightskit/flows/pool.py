"""``pool``: what the observations of consenting members say together, with small groups hidden."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rightskit.campaign.twins import same_people
from rightskit.disclosures.people import people
from rightskit.disclosures.pool import Pool, tables
from rightskit.flows.progress import silent
from rightskit.flows.recipes import pooled_recipes
from rightskit.vault import disclosures, doubts, ledger, members, membership

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rightskit.disclosures.loading import Columns
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection

STATISTICS, RESEARCH = "statistics", "research"


def pool(workspace: Workspace, track: Track = silent) -> Pool:
    """The tables of the members who agreed, as they could leave the house after all earlier releases.

    Args:
        workspace: the campaign.
        track: counts the batches of values.
    """
    known = pooled_recipes(workspace.folder, workspace.campaign)
    counted = numbers(workspace, STATISTICS)
    with workspace.vault.read() as connection:
        before = list(ledger.earlier(connection))
        campaign = workspace.campaign
        return tables(
            batches(connection, track), counted, campaign.threshold, known, before, crosses=campaign.tables.crosses
        )


def batches(connection: Connection, track: Track) -> Iterable[Columns]:
    """All values in batches, counted while they are read."""
    return track(disclosures.columns(connection), "batches of values", disclosures.batches(connection))


def numbers(workspace: Workspace, scope: str) -> Mapping[str, int]:
    """Member → the number under which they are counted, of those whose consent covers a scope.

    Who has the same name and date of birth as somebody else, or shares with them what a recipe takes as ``hashed``,
    counts together with them.
    """
    known = pooled_recipes(workspace.folder, workspace.campaign)
    hashed = {variable.id for recipe in known for variable in recipe.variables if variable.type == "hashed"}
    agreed = consents(workspace, scope)
    with workspace.vault.write() as connection:
        secret = disclosures.secret(connection)
        shared = disclosures.shared(connection, hashed)
        return people(agreed, chain(same_people(members.all_members(connection)), shared), secret)


def doubtful(workspace: Workspace) -> int:
    """How many values wait for a person, and are in no table."""
    with workspace.vault.read() as connection:
        return doubts.number_waiting(connection)


def consents(workspace: Workspace, scope: str = STATISTICS) -> set[str]:
    """The members whose consent is to the campaign's present text, covers a scope, and was given by this day.

    Whose wish to withdraw waits for a person is left out until it is decided.
    """
    version = workspace.campaign.consent.version
    with workspace.vault.read() as connection:
        waiting = membership.held(connection)
        return {
            member.member
            for member in members.all_members(connection)
            if version
            and member.consent_version == version
            and scope in member.consent_scope
            and (member.consent_date is None or member.consent_date <= workspace.today)
        } - waiting
