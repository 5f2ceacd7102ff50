"""``pool``: what the observations of consenting members say together, with small groups hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.disclosures.pool import Pool, tables
from rightskit.flows.data import campaign_recipes
from rightskit.vault import disclosures, members

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace


def pool(workspace: Workspace) -> Pool:
    """The tables of the members whose consent is of the campaign's version and covers statistics."""
    version = workspace.campaign.consent.version
    with workspace.vault.read() as connection:
        consents = {
            member.member: frozenset(member.consent_scope)
            for member in members.all_members(connection)
            if member.consent_version and member.consent_version == version
        }
        return tables(
            disclosures.observations(connection), consents, workspace.campaign.threshold, campaign_recipes(workspace)
        )
