"""A campaign's questions as variables of the pool, and the answers of one member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.disclosures.layout import Layout, Recipe, Rule, Variable
from rightskit.disclosures.model import Observation
from rightskit.disclosures.values import UnreadableError, value
from rightskit.rights import Right

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.campaign.questionnaire import Question

NAME = "questionnaire"
"""Stands where an observation names a controller or a document: nobody returned it, the member gave it."""


def recipe(questions: Sequence[Question]) -> Recipe:
    """The questions as a recipe, so that the pool knows titles, answers and bands; it reads no disclosure."""
    variables = tuple(variable(question) for question in questions)
    return unread(NAME, "What members answered", (NAME,), variables)


def unread(name: str, title: str, controllers: tuple[str, ...], variables: tuple[Variable, ...]) -> Recipe:
    """A recipe that describes variables and reads no disclosure."""
    rule = Rule(
        after=None,
        before=None,
        line=None,
        skip=(),
        announced=None,
        each=".",
        once=True,
        least=0,
        count=None,
        variables=variables,
        where={},
        alone="",
        dropped=(),
        per=None,
        totals=(),
        mentions=(),
    )
    columns = tuple(variable.source for variable in variables)
    layout = Layout("csv", ("*",), columns, needed=True, skip=(), rules=(rule,))
    return Recipe(name, 1, None, title, controllers, Right.ACCESS, (layout,))


def variable(question: Question) -> Variable:
    """The variable that holds the answers to a question."""
    return Variable(
        id=question.id,
        source=question.column,
        type="choice" if question.answers else "number",
        title=question.title,
        unit=question.unit,
        provenance="provided",
        optional=True,
        range=question.range,
        bands=question.bands,
        values=question.answers,
    )


def answers(
    questions: Sequence[Question], cells: Mapping[str, str], member: str, line: int
) -> tuple[list[Observation], list[Question]]:
    """What one member answered.

    Args:
        questions: the campaign's.
        cells: column → what stands there; other columns are not looked at.
        member: who answered.
        line: of the row in its file.

    Returns:
        An observation for each answer, and the questions whose answer is not one that is allowed.
    """
    known = recipe(questions)
    kept, wrong = [], []
    for question, asked in zip(questions, known.variables, strict=True):
        try:
            read = value(asked, cells.get(question.column))
        except UnreadableError:
            wrong.append(question)
            continue
        if read is not None:
            kept.append(_observation(known, asked, read, member, line))
    return kept, wrong


def _observation(known: Recipe, variable: Variable, read: float | str, member: str, line: int) -> Observation:
    return Observation(
        member=member,
        controller=NAME,
        variable=variable.id,
        value=read,
        unit=variable.unit,
        provenance=variable.provenance,
        confidence=1.0,
        place=f"line {line}",
        row=0,
        recipe=known.name,
        disclosure=NAME,
    )
