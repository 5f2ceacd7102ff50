"""``data review``: values that the machine was not sure of, each taken, corrected or dropped by a person."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rightskit.disclosures import values
from rightskit.disclosures.keys import Keys
from rightskit.errors import NotFoundError, RefusedError, WrongUsageError
from rightskit.flows.recipes import campaign_recipes
from rightskit.vault import disclosures, doubts
from rightskit.vault.doubts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightskit.disclosures.layout import Variable
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.doubts import Waiting

_AGAIN = "Read the documents again: rightskit data extract --again"


@dataclass(frozen=True, slots=True)
class Group:
    """Values of one variable that are doubtful for one reason.

    Attributes:
        name: ``VARIABLE:REASON``, by which it is taken as a whole.
        title: of the variable, as tables print it; its id where no recipe of the campaign has it any more.
    """

    name: str
    title: str
    waiting: tuple[Waiting, ...]


def groups(workspace: Workspace) -> list[Group]:
    """All that wait, the largest group first."""
    titles = {
        one.id: one.title
        for recipe in campaign_recipes(workspace.folder, workspace.campaign)
        for one in recipe.variables
    }
    with workspace.vault.read() as connection:
        found = doubts.waiting(connection)
    made = [
        Group(name, titles.get(variable, variable), tuple(each))
        for (variable, name), each in groupby(sorted(found, key=_group), key=_group)
    ]
    return sorted(made, key=lambda group: -len(group.waiting))


def _group(one: Waiting) -> tuple[str, str]:
    read = one.doubtful.observation
    return read.variable, f"{read.variable}:{one.doubtful.why}"


def chosen(found: Sequence[Group], names: Iterable[str]) -> list[Waiting]:
    """Those with these numbers, or of the groups with these names.

    Raises:
        NotFoundError: nothing of that number or name waits.
    """
    known: dict[str, Sequence[Waiting]] = {str(one.id): [one] for group in found for one in group.waiting}
    known |= {group.name: group.waiting for group in found}
    made: dict[int, Waiting] = {}
    for name in names:
        if name not in known:
            raise NotFoundError(f"Nothing waits under {name}.", "See what does: rightskit data review")
        made |= {one.id: one for one in known[name]}
    return list(made.values())


def document(found: Sequence[Group], name: str) -> str:
    """The id of the document in which a value stands.

    Raises:
        NotFoundError: nothing of that number waits, or it is a group of several documents.
    """
    documents = {one.doubtful.observation.disclosure for one in chosen(found, [name])}
    if len(documents) > 1:
        raise NotFoundError(f"{name} stands in {len(documents)} documents.", "Name one value by its number.")
    return documents.pop()


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided.

    Attributes:
        accepted: as they were read.
        dropped: left out for good.
        corrected: each with what the person read, as the document prints it or as tables do.
    """

    accepted: Sequence[Waiting] = ()
    dropped: Sequence[Waiting] = ()
    corrected: Sequence[tuple[Waiting, str]] = ()


def decide(workspace: Workspace, said: Decisions, name: str) -> None:
    """Keep what a person of that name decided: all of it, or nothing.

    Raises:
        RefusedError: a value is accepted, and nothing can be proposed for it.
        WrongUsageError: a correction is nothing that the recipe allows.
        NotFoundError: the campaign has the recipe of a corrected value no more.
    """
    taken = [(one, Verdict(doubts.ACCEPTED, _proposed(one), name, workspace.now)) for one in said.accepted]
    left = [(one, Verdict(doubts.DROPPED, None, name, workspace.now)) for one in said.dropped]
    read = [
        (one, Verdict(doubts.CORRECTED, _read(workspace, one, text), name, workspace.now))
        for one, text in said.corrected
    ]
    with workspace.vault.write() as connection:
        for one, verdict in (*taken, *left, *read):
            doubts.decide(connection, one.id, verdict)


def _proposed(one: Waiting) -> float | str:
    value = one.doubtful.observation.value
    if value == "":
        raise RefusedError(
            f"{one.id} has no value that could be accepted.", f"Say what stands there: --set {one.id}=VALUE"
        )
    return value


def _read(workspace: Workspace, one: Waiting, text: str) -> float | str:
    variable = _variable(workspace, one)
    with workspace.vault.write() as connection:
        keys = Keys(workspace.campaign.slug, disclosures.secret(connection))
    try:
        return values.corrected(variable, text.strip(), keys)
    except values.UnreadableError as error:
        raise WrongUsageError(f"{error}.", values.allowed(variable)) from error


def _variable(workspace: Workspace, one: Waiting) -> Variable:
    read = one.doubtful.observation
    for recipe in campaign_recipes(workspace.folder, workspace.campaign):
        for variable in recipe.variables:
            if (recipe.name, variable.id) == (read.recipe, read.variable):
                return variable
    raise NotFoundError(f"The campaign has no recipe {read.recipe} any more.", _AGAIN)
