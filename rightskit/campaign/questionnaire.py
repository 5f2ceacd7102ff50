"""What a campaign asks its members: ``questionnaire`` in campaign.yaml → Question.

A question has the answers that are allowed, or it is about a number. There is no third kind: words that people write
freely would name them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightskit.yamlfile import Section

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        id: slug, the variable's in the pool.
        title: as members are asked and tables print it.
        column: the heading in the file of answers; by default the id.
        answers: what is written → the answer that is meant; empty for a number.
        unit: of a number.
        range: the least and the most that a number can be; empty without bounds.
        bands: where one band of a number ends and the next starts, rising.
    """

    id: str
    title: str
    column: str
    answers: Mapping[str, str]
    unit: str = ""
    range: tuple[float, ...] = ()
    bands: tuple[float, ...] = ()


def read(top: Section) -> tuple[Question, ...]:
    """The questions of campaign.yaml; faults go into the section."""
    found = tuple(_question(section) for section in top.sections("questionnaire"))
    seen = [question.id for question in found]
    for name in dict.fromkeys(seen):
        if seen.count(name) > 1:
            top.fault("questionnaire", f"{name} is asked twice", "give each question an id of its own")
    return found


def _question(section: Section) -> Question:
    name = section.text("id", required=True)
    if name and not _SLUG.fullmatch(name):
        section.fault("id", f"id is {name!r}", "write small letters, digits and single dashes")
    words = section.texts("answers")
    question = Question(
        id=name,
        title=section.text("title", required=True),
        column=section.text("column", name),
        answers={word: word for word in words},
        unit="" if words else section.text("unit"),
        range=() if words else rising(section, "range"),
        bands=() if words else rising(section, "bands"),
    )
    if not words and len(question.range) != 2:  # noqa: PLR2004 (the least and the most)
        section.fault("answers", "answers is missing", "list the allowed answers, or a number's `range: [0, 10]`")
    section.refuse_unknown()
    return question


def rising(section: Section, key: str) -> tuple[float, ...]:
    """Numbers that rise; faults go into the section."""
    try:
        found = tuple(float(text) for text in section.texts(key))
    except ValueError:
        section.fault(key, f"{key} holds something that is no number", "write numbers: [0, 100]")
        return ()
    if list(found) != sorted(set(found)):
        section.fault(key, f"{key} is not rising", "write the smaller number first")
    return found
