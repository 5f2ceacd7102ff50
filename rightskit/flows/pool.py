"""``pool``: what the observations of consenting members say together, with small groups hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.campaign.twins import same_people
from rightskit.disclosures import funnel as steps
from rightskit.disclosures import origin
from rightskit.disclosures.people import people
from rightskit.disclosures.pool import Pool, tables
from rightskit.flows.progress import silent
from rightskit.flows.recipes import pooled_recipes
from rightskit.vault import answers, disclosures, doubts, ledger, members, membership

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from rightskit.disclosures.layout import Recipe
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
    campaign, known = workspace.campaign, pooled_recipes(workspace.folder, workspace.campaign)
    agreed, everyone = consents(workspace, STATISTICS), _everyone(workspace, known)
    counted = everyone.numbers(agreed)
    with workspace.vault.read() as connection:
        before = list(ledger.earlier(connection))
        read = batches(connection, track)
        made = tables(read, counted, campaign.threshold, known, before, wanted=campaign.tables)
        came = answers.came(connection, _untabled(known))
    persons = everyone.returned if came else {}
    reached = steps.reached(came, persons, agreed)
    made = steps.with_funnel(made, reached, _names(workspace, reached), before)
    called = {**made.labels, **origin.names(known, lambda controller: _called(workspace, controller))}
    return replace(made, labels=called, returned={one.member: persons[one.member] for one in came})


def batches(connection: Connection, track: Track) -> Iterable[Columns]:
    """All values in batches, counted while they are read."""
    return track(disclosures.columns(connection), "batches of values", disclosures.batches(connection))


def funnel(workspace: Workspace) -> list[tuple[str, dict[str, int]]]:
    """For each controller by name the people at each step from the document to the pool, as they are."""
    known = pooled_recipes(workspace.folder, workspace.campaign)
    with workspace.vault.read() as connection:
        came = answers.came(connection, _untabled(known))
    reached = steps.reached(came, _everyone(workspace, known).returned, consents(workspace, STATISTICS))
    names = _names(workspace, reached)
    return sorted((names[controller], steps.counts(persons)) for controller, persons in reached.items())


def _untabled(known: Sequence[Recipe]) -> set[str]:
    return {variable.id for recipe in known for variable in recipe.variables if not variable.table}


def _names(workspace: Workspace, controllers: Iterable[str]) -> dict[str, str]:
    return {controller: workspace.controller(controller).name for controller in controllers}


def _called(workspace: Workspace, controller: str) -> str:
    """A name; a recipe may name controllers that the registry does not know."""
    found = workspace.registry.controllers.get(controller)
    return found.name if found else controller


def numbers(workspace: Workspace, scope: str) -> Mapping[str, int]:
    """Member → the number under which they are counted, of those whose consent covers a scope.

    Who has the same name and date of birth as somebody else, or shares with them what a recipe takes as ``hashed``,
    counts together with them.
    """
    return _everyone(workspace, pooled_recipes(workspace.folder, workspace.campaign)).numbers(
        consents(workspace, scope)
    )


@dataclass(frozen=True, slots=True)
class _Everyone:
    """All members.

    Attributes:
        links: pairs of a member's id and something that only one person or household has.
        secret: keys the numbers under which they are counted.
    """

    members: Sequence[str]
    links: Sequence[tuple[str, str]]
    secret: bytes

    def numbers(self, some: Collection[str]) -> Mapping[str, int]:
        """Of some members the numbers under which what stands in the pool is counted."""
        return people(some, self.links, self.secret)

    @property
    def returned(self) -> Mapping[str, int]:
        """Of all members the numbers under which what came back is counted: others, for others count as one."""
        return people(self.members, self.links, self.secret + b"returned")


def _everyone(workspace: Workspace, known: Sequence[Recipe]) -> _Everyone:
    hashed = {variable.id for recipe in known for variable in recipe.variables if variable.type == "hashed"}
    with workspace.vault.write() as connection:
        secret = disclosures.secret(connection)
        every = members.unsigned(connection)
        links = [*same_people(every), *disclosures.shared(connection, hashed)]
    return _Everyone([member.member for member in every], links, secret)


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
            member
            for member, consent in members.standing_consents(connection).items()
            if version
            and consent.version == version
            and scope in consent.scopes
            and (consent.given is None or consent.given <= workspace.today)
        } - waiting
