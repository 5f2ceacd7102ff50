"""One variable of a recipe, from YAML.

In short::

    id, from, type, title, unit, provenance, optional, empty, by
    from: Title | Titel | Titre               one of these names, in this order
    decimal, range, bands, duration, coarsen  numbers; coarsen is the step that they are rounded to
    from: ms / 3600000                        divided by a figure
    divide: [pay, hours]                      numbers, instead of from: one by the other
    mean: true                                totals: the mean of the rows instead of their sum
    values: {printed: meant, '*': other}      choice; `*` is any other text
    date, coarsen                             dates: year or month, the day never leaves
    pattern, coarsen                          text: the whole of it must match; coarsen keeps its first characters
    type: hashed                              a number that several documents share, such as a meter's, keyed
    table: false                              no table of it: another variable is a coarser form
    together: true                            choice, text: a table of which values stand together
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.campaign.questionnaire import rising
from rightskit.disclosures.layout import COARSENINGS, NOT_APPLICABLE, PROVENANCES, TYPES, Variable

if TYPE_CHECKING:
    from rightskit.yamlfile import Section

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YES_NO = {"yes": "yes", "no": "no"}
_OR_NOT_APPLICABLE = _YES_NO | {NOT_APPLICABLE: NOT_APPLICABLE}
_DIVIDED = 2
_STEPS = {"number": re.compile(r"[1-9][0-9]*|[0-9]+\.0*[1-9][0-9]*"), "text": re.compile(r"[1-9][0-9]?")}


def variable(section: Section, groups: frozenset[str] | None) -> Variable:
    """What is taken from a row.

    Args:
        section: its mapping; faults go there.
        groups: the named groups that it may be taken from; None: any column or path.
    """
    kind = section.choice("type", TYPES, "number")
    divide = section.texts("divide") if kind == "number" else ()
    source = " / ".join(divide) if divide else section.text("from", required=True)
    if groups is not None and source and source not in groups:
        section.fault("from", f"{source} is no named group of line", yamlfile.did_you_mean(source, groups))
    if len(divide) not in {0, _DIVIDED} or (divide and "from" in section):
        section.fault("divide", "divide is not two things", "write `divide: [pay, hours]`, without `from`")
    found = _base(section, source, kind, "", divide)
    _demand(section, kind)
    section.refuse_unknown()
    return found


def count(section: Section) -> Variable:
    """The number of rows."""
    found = _base(section, "", "number", "derived")
    section.refuse_unknown()
    return found


def answer(section: Section) -> Variable:
    """What a document answers: yes, no, or that the question does not apply."""
    asked, inapplicable = patterns(section, "any"), patterns(section, "inapplicable")
    if not asked:
        section.fault("any", "any is missing", "list the regular expressions of which one must be found")
    found = Variable(
        id=slug(section, "id"),
        source="any",
        type="choice",
        title=section.text("title", required=True),
        provenance="derived",
        values=_OR_NOT_APPLICABLE if inapplicable else _YES_NO,
        mentions=asked,
        inapplicable=inapplicable,
    )
    section.refuse_unknown()
    return found


def _base(section: Section, source: str, kind: str, provenance: str, divide: tuple[str, ...] = ()) -> Variable:
    """Ask only for the keys that the type knows, so that the others are refused."""
    number = kind == "number"
    return Variable(
        id=slug(section, "id"),
        source=source,
        type=kind,
        title=section.text("title", required=True),
        unit=section.text("unit") if number else "",
        provenance=provenance or section.choice("provenance", PROVENANCES, "observed"),
        optional=section.flag("optional"),
        empty=section.texts("empty"),
        by=section.text("by"),
        decimal=section.choice("decimal", ("comma", "point"), "point") if number else "point",
        range=numbers(section, "range") if number else (),
        bands=numbers(section, "bands") if number else (),
        values=section.mapping("values") if kind == "choice" else {},
        date=(section.texts("date") or ("%Y-%m-%d",)) if kind == "date" else (),
        coarsen=_coarsening(section, kind),
        pattern=pattern(section, "pattern") if kind == "text" else None,
        table=kind != "hashed" and section.flag("table", default=True),
        divide=divide,
        duration=number and section.flag("duration"),
        mean=number and section.flag("mean"),
        together=kind in {"choice", "text"} and section.flag("together"),
    )


def _coarsening(section: Section, kind: str) -> str:
    if kind == "date":
        return section.choice("coarsen", COARSENINGS, "year")
    text = section.text("coarsen") if kind in {"number", "text"} else ""
    if text and not _STEPS.get(kind, _STEPS["text"]).fullmatch(text):
        section.fault("coarsen", f"coarsen is {text!r}", "write a step for numbers, a count of characters for texts")
        return ""
    return text


def _demand(section: Section, kind: str) -> None:
    needed = {"choice": "values", "text": "pattern", "date": "coarsen"}.get(kind)
    if needed and needed not in section:
        why = f"a {kind} without {needed} could carry a person's words out of the document"
        section.fault(needed, f"{needed} is missing: {why}", f"add `{needed}: …`")


def slug(section: Section, key: str) -> str:
    """An id."""
    value = section.text(key, required=True)
    if value and not _SLUG.fullmatch(value):
        section.fault(key, f"{key} is {value!r}", "write small letters, digits and single dashes")
    return value


def numbers(section: Section, key: str) -> tuple[float, ...]:
    """Rising numbers; of a ``range`` two."""
    found = rising(section, key)
    if key == "range" and len(found) not in {0, 2}:
        section.fault(key, "range does not hold two numbers", "write the least and the most: [0, 100]")
    return found


def pattern(section: Section, key: str) -> re.Pattern[str] | None:
    """A regular expression; None where there is none, or a fault."""
    text = section.text(key)
    return _compiled(section, key, text) if text else None


def patterns(section: Section, key: str) -> tuple[re.Pattern[str], ...]:
    """Several of them, without those that are faults."""
    found = (_compiled(section, key, text) for text in section.texts(key))
    return tuple(compiled for compiled in found if compiled)


def _compiled(section: Section, key: str, text: str) -> re.Pattern[str] | None:
    try:
        return re.compile(text)
    except re.error as error:
        section.fault(key, f"not a regular expression: {error}", "mend the expression; quote it with '…'")
        return None
