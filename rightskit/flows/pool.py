"""``pool``: what the observations of consenting members say together, with small groups hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.disclosures.pool import SCOPE, Pool, tables
from rightskit.flows.recipes import pooled_recipes
from rightskit.vault import disclosures, members

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace


def pool(workspace: Workspace) -> Pool:
    """The tables of the members who agreed."""
    agreed = {member: {SCOPE} for member in consents(workspace)}
    known = pooled_recipes(workspace.folder, workspace.campaign)
    with workspace.vault.read() as connection:
        return tables(disclosures.observations(connection), agreed, workspace.campaign.threshold, known)


def consents(workspace: Workspace) -> set[str]:
    """The members whose consent is to the campaign's present text and covers statistics."""
    version = workspace.campaign.consent.version
    with workspace.vault.read() as connection:
        return {
            member.member
            for member in members.all_members(connection)
            if version and member.consent_version == version and SCOPE in member.consent_scope
        }
