"""The form of a source record: which fields it has, and what stands in them.

The facts are those of the source's four published schemas (JSON Schema draft 7). They are written down here, because
an archive from outside must not bring the patterns that it is judged by.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Kind(StrEnum):
    """What a file of the source is."""

    COMPANY = "company"
    AUTHORITY = "authority"
    OBSOLETE = "obsolete"
    PACK = "pack"
    TEMPLATE = "template"
    OTHER = "other"


class SourceFile(NamedTuple):
    """One file of the source.

    Attributes:
        path: its place below the source's top folder, with ``/``.
        kind: what it is.
        raw: its bytes as they arrived.
    """

    path: str
    kind: Kind
    raw: bytes


class Violation(NamedTuple):
    """Where a value does not have its form.

    Attributes:
        field: the outermost field; empty for the record as a whole.
        message: what is wrong.
        broken: whether the record cannot be read for it: a field of the wrong type, or a needed one missing.
    """

    field: str
    message: str
    broken: bool


class Text(NamedTuple):
    """A text.

    Attributes:
        pattern: it has this form.
        choices: it is one of these.
    """

    pattern: str = ""
    choices: tuple[str, ...] = ()


class Texts(NamedTuple):
    """A list of texts, each once (except ``repeats``)."""

    item: Text = Text()
    least: int = 0
    repeats: bool = False


class Flag(NamedTuple):
    """True or false."""


class Items(NamedTuple):
    """A list of mappings of one form."""

    form: Form


class Form(NamedTuple):
    """A mapping: its fields, and those that it must have."""

    fields: Mapping[str, Text | Texts | Flag | Items]
    needed: tuple[str, ...]


SLUG = r"[a-z0-9-]+"
_NAME = r"\S.*\S"
_PHONE = r"\+\d+ \d+ (?:\d+ )*\d+(?: ext\. \d+)?"
_FINGERPRINT = r"([0-9A-F]{4} ){5}( [0-9A-F]{4}){5}"
_URL = r"[A-Za-z][A-Za-z0-9+.-]*:\S+"
_COUNTRIES = r"all|at|be|bg|hr|cy|cz|dk|ee|fi|fr|de|gr|hu|ie|it|lv|lt|lu|mt|nl|pl|pt|ro|sk|si|es|se|gb|no|is|li|ch"
_CATEGORIES = (
    "addresses|ads|church|collection agency|commerce|credit agency|entertainment|finance|health|insurance|nonprofit|"
    "political party|public body|school|social media|telecommunication|travel|utility"
)
TEMPLATES = tuple(f"custom-{right}-template" for right in ("access", "erasure", "rectification", "objection"))
_ELEMENT = Form(
    {
        "desc": Text(),
        "type": Text(choices=("input", "textarea", "email", "address", "name", "birthdate")),
        "optional": Flag(),
    },
    ("desc", "type"),
)
_CONTACT: dict[str, Text | Texts | Flag | Items] = {
    "slug": Text(SLUG),
    "address": Text(),
    "phone": Text(_PHONE),
    "fax": Text(_PHONE),
    "email": Text(),
    "webform": Text(_URL),
    "pgp-fingerprint": Text(_FINGERPRINT),
    "pgp-url": Text(_URL),
    "web": Text(_URL),
    "comments": Texts(repeats=True),
}
_CONTACT_NEEDED = ("slug", "relevant-countries", "name", "address", "sources")
FORMS: dict[Kind, Form] = {
    Kind.COMPANY: Form(
        {
            **_CONTACT,
            **{template: Text() for template in TEMPLATES},
            "relevant-countries": Texts(Text(_COUNTRIES), least=1),
            "categories": Texts(Text(_CATEGORIES)),
            "name": Text(_NAME),
            "runs": Texts(),
            "sources": Texts(Text(_URL), least=1),
            "required-elements": Items(_ELEMENT),
            "request-language": Text(r"[a-z]{2}"),
            "needs-id-document": Flag(),
            "suggested-transport-medium": Text(choices=("fax", "letter", "email", "webform")),
            "quality": Text(choices=("tested", "verified", "imported", "scraped")),
            "facet-group": Text(choices=("church", "school")),
            "nsfw": Flag(),
        },
        (*_CONTACT_NEEDED, "quality"),
    ),
    Kind.AUTHORITY: Form(
        {
            **_CONTACT,
            "relevant-countries": Texts(Text(r"[a-z]{2}|all")),
            "name": Text(),
            "sources": Texts(Text(_URL)),
            "complaint-language": Text(r"[a-z]{2}"),
            "suggested-transport-medium": Text(choices=("fax", "letter", "email")),
        },
        _CONTACT_NEEDED,
    ),
    Kind.OBSOLETE: Form(
        {
            "slug": Text(SLUG),
            "name": Text(_NAME),
            "reason": Text(
                choices=(
                    "company-acquired",
                    "company-defunct",
                    "company-merged",
                    "duplicate",
                    "gdpr-not-applicable",
                    "out-of-scope",
                )
            ),
            "redirect-to": Text(SLUG),
            "sources": Texts(Text(_URL), least=1),
            "quality": Text(choices=("obsolete",)),
        },
        ("slug", "name", "reason", "sources", "quality"),
    ),
}
_PACK = Form(
    {"slug": Text(SLUG), "type": Text(choices=("add-all", "choose")), "companies": Texts()},
    ("slug", "type", "companies"),
)
_PACKS = Form({"packs": Items(_PACK)}, ("packs",))
# Without these nobody can be written to, or the record is not to be found again.
_ESSENTIAL = {"slug", "name", "address", "reason", "type", "desc", "companies", "packs"}


def violations(kind: Kind, value: Any) -> Iterator[Violation]:
    """Where a parsed record does not have the form of its kind; a file of packs is a list."""
    if kind is Kind.PACK:
        yield from _in_form("", {"packs": value}, _PACKS)
    elif not isinstance(value, dict):
        yield Violation("", "is no mapping of fields", broken=True)
    else:
        yield from _in_form("", value, FORMS[kind])


def _in_form(outer: str, value: dict[str, Any], form: Form) -> Iterator[Violation]:
    for key in form.needed:
        if key not in value:
            yield Violation(outer or key, f"{key} is missing", broken=key in _ESSENTIAL)
    for key, inner in value.items():
        if key in form.fields:
            yield from _in_field(outer or key, key, inner, form.fields[key])
        else:
            yield Violation(outer or key, f"{key} is not a known field", broken=False)


def _in_field(field: str, key: str, value: Any, form: Text | Texts | Flag | Items) -> Iterator[Violation]:
    if isinstance(form, Flag):
        if not isinstance(value, bool):
            yield Violation(field, f"{key} is neither true nor false", broken=True)
    elif isinstance(form, Text):
        yield from _in_text(field, key, value, form)
    elif not isinstance(value, list):
        yield Violation(field, f"{key} is no list", broken=True)
    elif isinstance(form, Texts):
        yield from _in_texts(field, key, value, form)
    else:
        yield from _in_items(field, key, value, form)


def _in_text(field: str, key: str, value: Any, form: Text) -> Iterator[Violation]:
    if not isinstance(value, str):
        yield Violation(field, f"{key} is no text", broken=True)
    elif form.choices and value not in form.choices:
        yield Violation(field, f"{key} is {value[:60]!a}: use one of {', '.join(form.choices[:8])}", broken=False)
    elif form.pattern and not re.fullmatch(form.pattern, value):
        yield Violation(field, f"{key} does not have its form: {value[:60]!a}", broken=key == "slug")


def _in_texts(field: str, key: str, value: list[Any], form: Texts) -> Iterator[Violation]:
    if len(value) < form.least:
        yield Violation(field, f"{key} is empty", broken=False)
    texts = [item for item in value if isinstance(item, str)]
    if len(set(texts)) < len(texts) and not form.repeats:
        yield Violation(field, f"{key} holds something twice", broken=False)
    for item in value:
        yield from _in_text(field, key, item, form.item)


def _in_items(field: str, key: str, value: list[Any], form: Items) -> Iterator[Violation]:
    for item in value:
        if isinstance(item, dict):
            yield from _in_form(field, item, form.form)
        else:
            yield Violation(field, f"{key} holds something that is no mapping", broken=True)
