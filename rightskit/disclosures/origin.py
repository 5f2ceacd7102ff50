"""Which controller a member's figure comes from: a variable of our own, so that tables can tell it apart.

Each member has one value of it: the controller that returned all their figures, or :data:`SEVERAL`. So the lines of a
table add up, and no member stands in two of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.campaign.questionnaire import Question
from rightskit.disclosures.labels import LANGUAGES, Label
from rightskit.disclosures.questionnaire import unread, variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rightskit.disclosures.layout import Recipe, Variable
    from rightskit.disclosures.loading import Loaded

TITLE = "Who returned it"
SEVERAL = "several"
_RECIPE, _ENDING = "origin", "-from"

# A figure that a recipe of before read, which no longer stands here, is one of several too.
_INSERT = """
INSERT INTO observation
    SELECT o.member, min(o.disclosure), 0, ?::USMALLINT, ?::INTEGER, NULL,
           CASE WHEN count(DISTINCT coalesce(l.label, ?)) = 1 THEN min(coalesce(l.label, ?)) ELSE ? END
    FROM observation o JOIN source s USING (source) LEFT JOIN origin l ON l.recipe = s.recipe
    WHERE o.variable = ? AND o.number IS NOT NULL GROUP BY o.member
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure comes from.

    Attributes:
        figure: its variable's id.
        labels: name of a recipe → the controllers whose answers it reads.
    """

    figure: str
    labels: Mapping[str, str]

    @property
    def variable(self) -> str:
        """The id of the variable that tells it."""
        return self.figure + _ENDING

    @property
    def recipe(self) -> Recipe:
        """What describes the variable; it reads no disclosure."""
        values = {value: value for value in (*self.labels.values(), SEVERAL)}
        told = replace(variable(Question(self.variable, TITLE, self.variable, values)), provenance="derived")
        return unread(_RECIPE, TITLE, (), (told,))

    def insert(self, found: Loaded) -> None:
        """Add the value of each member who has a figure."""
        found.base.execute("CREATE TABLE origin (recipe INTEGER, label INTEGER)")
        found.insert("origin", self.labels.items())
        source, several = found.source(self.recipe.name, self.variable, "derived"), found.code(SEVERAL)
        codes = [source, found.code(self.variable), several, several, several, found.code(self.figure)]
        found.base.execute(_INSERT, codes)


def tells_origin(variable: Variable) -> bool:
    """Whether it is such a variable of our own."""
    return variable.title == TITLE and variable.id.endswith(_ENDING)


def origin(figure: str, recipes: Sequence[Recipe]) -> Origin:
    """Where a figure comes from, by the recipes that read it."""
    reading = [recipe for recipe in recipes if any(variable.id == figure for variable in recipe.variables)]
    return Origin(figure, {one.name: _joined(one.controllers) or one.title for one in reading})


def names(recipes: Iterable[Recipe], name: Callable[[str], str]) -> dict[str, Label]:
    """What the values are called on pages: the names of the controllers, the same in every language.

    Args:
        recipes: that read the figures.
        name: a controller's name by its id.
    """
    told = {_joined(one.controllers): _joined(map(name, one.controllers)) for one in recipes if one.controllers}
    return {TITLE: Label(values={ids: dict.fromkeys(LANGUAGES, words) for ids, words in told.items()})}


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words)
