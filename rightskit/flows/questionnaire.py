"""``data questionnaire``: answers that members gave in a form join the pool as provided data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.campaign import config
from rightskit.disclosures.questionnaire import answers
from rightskit.errors import Fault, FaultsError, RefusedError
from rightskit.files.delimited import csv_table
from rightskit.flows import listed
from rightskit.flows.pool import consents
from rightskit.vault import disclosures, members

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rightskit.campaign.questionnaire import Question
    from rightskit.disclosures.model import Observation
    from rightskit.files.tables import Table
    from rightskit.flows.workspace import Workspace

KEYS = ("member", "email")
"""The columns of which one says who answered."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a file of answers came to.

    Attributes:
        members: whose answers were kept.
        answers: how many.
        without_consent: members whose answers were not kept, because their consent does not cover them.
        columns: how many columns belong to no question, and were not read.
        faults: of the rows that were left.
    """

    members: int
    answers: int
    without_consent: int
    columns: int
    faults: tuple[Fault, ...]


def take(workspace: Workspace, path: Path, *, keep_valid: bool = False) -> Answered:
    """Keep the answers of a CSV with a column ``member`` or ``email`` and one for each question.

    A member's answers replace those that were kept before. The same file twice changes nothing.

    Args:
        workspace: the campaign; its ``questionnaire`` says what is asked.
        path: the file, in any dialect.
        keep_valid: keep the rows without a fault although others have one.

    Raises:
        NotFoundError: there is no such file.
        RefusedError: the campaign asks nothing.
        FaultsError: rows have faults and ``keep_valid`` is not set, or a column is missing; nothing was kept.
    """
    questions = workspace.campaign.questionnaire
    if not questions:
        hint = f"Add `questionnaire:` to {config.FILE_NAME}; docs/commands.md shows how."
        raise RefusedError("This campaign asks its members nothing.", hint)
    paths.demand_file(path)
    table = csv_table(lambda: path.open("rb"))
    key = _key(table, questions, str(path))
    rows = _rows(table, questions, _members(workspace, key), key, str(path))
    read, faults = listed.parted(rows, keep_valid=keep_valid, done="kept")
    known = {key, *(question.column for question in questions)}
    return _keep(workspace, dict(read), len(set(table.header) - known), faults)


def _keep(
    workspace: Workspace, read: Mapping[str, list[Observation]], columns: int, faults: tuple[Fault, ...]
) -> Answered:
    agreed = consents(workspace)
    kept = {member: found for member, found in read.items() if member in agreed}
    with workspace.vault.write() as connection:
        for member, found in kept.items():
            disclosures.replace_answers(connection, member, found)
    return Answered(len(kept), sum(map(len, kept.values())), len(read) - len(kept), columns, faults)


def _key(table: Table, questions: tuple[Question, ...], path: str) -> str:
    """The column that says who answered.

    Raises:
        FaultsError: it is missing, or the column of a question is.
    """
    found = next((name for name in KEYS if name in table.header), "")
    faults = [
        Fault(path, 1, "the column of a question is missing", f"add a column {question.column!r}", question.id)
        for question in questions
        if question.column not in table.header
    ]
    if not found:
        faults.insert(0, Fault(path, 1, "no column says who answered", "add a column member, or email", KEYS[0]))
    if faults:
        raise FaultsError(faults, "Nothing was kept.")
    return found


def _members(workspace: Workspace, key: str) -> Mapping[str, str]:
    """What the key column may hold → member; an address that several members share tells none of them."""
    with workspace.vault.read() as connection:
        everyone = members.unsigned(connection)
    named = [(member.member if key == "member" else member.email.casefold(), member.member) for member in everyone]
    seen = Counter(name for name, _ in named)
    return {name: member for name, member in named if name and seen[name] == 1}


def _rows(
    table: Table, questions: tuple[Question, ...], known: Mapping[str, str], key: str, path: str
) -> Iterator[Fault | tuple[str, list[Observation]]]:
    answered: set[str] = set()
    for row in table.rows:
        if len(row.cells) != len(table.header):
            yield Fault(path, row.line, "more cells than headings", "quote cells in which a separator stands")
            continue
        cells = dict(zip(table.header, row.cells, strict=True))
        member = known.get(cells[key] if key == "member" else cells[key].casefold(), "")
        if not member or member in answered:
            yield _unknown(path, row.line, key, again=bool(member))
            continue
        kept, wrong = answers(questions, cells, member, row.line)
        if not wrong:
            answered.add(member)
            yield member, kept
        yield from (_not_allowed(path, row.line, question) for question in wrong)


def _unknown(path: str, line: int, key: str, *, again: bool) -> Fault:
    if again:
        return Fault(path, line, "this member has a row above", "keep one of them", key)
    return Fault(path, line, "no member, or several, have this", "look it up with: rightskit members list", key)


def _not_allowed(path: str, line: int, question: Question) -> Fault:
    allowed = "use one of: " + ", ".join(question.answers) if question.answers else "write a number in the range"
    return Fault(path, line, f"this is no answer to {question.id}", allowed, question.column)
