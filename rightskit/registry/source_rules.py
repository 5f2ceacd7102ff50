"""What must hold for the files of the open registry: the rules of its own linter that its records can break.

Rules about names, addresses, mail and numbers are not repeated here: a record that can be read is converted, and
every rule of :mod:`rightskit.registry.rules` looks at it too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rightskit.registry.reach import hidden
from rightskit.registry.rule import Rule, Wrong, texts_of
from rightskit.registry.source_form import TEMPLATES, Kind, violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rightskit.registry.source_records import Parsed

_LEADS_ON = {"company-acquired", "company-merged", "duplicate"}


@dataclass(frozen=True, slots=True)
class Around:
    """What a rule may look at besides the record itself.

    Attributes:
        companies: slugs of all companies.
        letters: ``language/name`` of the source's letters; empty where they did not come along.
    """

    companies: frozenset[str] = frozenset()
    letters: frozenset[str] = field(default_factory=frozenset)


SourceRule = Rule["Parsed", Around]


def schema(record: Parsed, _: Around) -> Iterator[Wrong]:
    """A record has the fields of the source's schema, each in its form."""
    for violation in violations(record.file.kind, record.value):
        yield Wrong(violation.field, violation.message, "write it as the source's schema says")


def extension(record: Parsed, _: Around) -> Iterator[Wrong]:
    """Files end in .json: the source's own tools see no others."""
    if not record.file.path.endswith(".json"):
        yield Wrong("", "the file does not end in .json", "rename it")


def file_name(record: Parsed, _: Around) -> Iterator[Wrong]:
    """A record's file is named after its slug."""
    name = record.file.path.rpartition("/")[2].removesuffix(".json")
    if record.slug and name != record.slug:
        yield Wrong("slug", f"the slug is {record.slug!r}, the file is {name!r}", f"call it {record.slug}.json")


def final_newline(record: Parsed, _: Around) -> Iterator[Wrong]:
    """A file ends with one line end."""
    ending = b"]\n" if isinstance(record.value, list) else b"}\n"
    if not record.file.raw.endswith(ending):
        yield Wrong("", "the file does not end with one line end", "end it after the last bracket and one line end")


def trimmed(record: Parsed, _: Around) -> Iterator[Wrong]:
    """Texts, and the lines of an address, have no blanks around them."""
    for key, value in _fields(record):
        texts = [line for text in texts_of(value) for line in (text.split("\n") if key == "address" else [text])]
        if any(text != text.strip() for text in texts):
            yield Wrong(key, f"{key} has blanks around it", "take them away")


def whitespace(record: Parsed, _: Around) -> Iterator[Wrong]:
    """Texts hold no invisible characters and no unusual blanks, however deep they stand."""
    for key, value in _fields(record):
        for character in hidden([text.replace("\n", " ") for text in texts_of(value)]):
            yield Wrong(key, f"{key} holds the invisible character U+{ord(character):04X}", "type it anew")


def medium(record: Parsed, _: Around) -> Iterator[Wrong]:
    """The medium that is suggested is there."""
    suggested = record.value.get("suggested-transport-medium")
    if suggested in {"email", "fax", "webform"} and not record.value.get(suggested):
        yield Wrong("suggested-transport-medium", f"suggests {suggested}, but has none", f"add {suggested}, or letter")


def letter_exists(record: Parsed, around: Around) -> Iterator[Wrong]:
    """A letter of its own is there in the record's language, else in English."""
    language = record.value.get("request-language", "en")
    for key in TEMPLATES if around.letters else ():
        letter = record.value.get(key)
        if letter and f"{language}/{letter}" not in around.letters:
            yield Wrong(key, f"there is no letter {letter!a} in {language}", "write it, or set request-language")


def tracking_needs(record: Parsed, _: Around) -> Iterator[Wrong]:
    """Who only tracks devices is sent their identifiers, and asks for nothing else."""
    for key in TEMPLATES:
        if str(record.value.get(key, "")).endswith("-tracking") and "required-elements" in record.value:
            yield Wrong("required-elements", f"{key} is one for trackers, but details are required", "drop one of them")


def needs_name(record: Parsed, _: Around) -> Iterator[Wrong]:
    """Where details are required, the name is one of them."""
    needed = record.value.get("required-elements")
    if needed is not None and not any(element["type"] == "name" for element in needed):
        yield Wrong("required-elements", "details are required, but no name", "add an element of type name")


def tested_needs(record: Parsed, _: Around) -> Iterator[Wrong]:
    """What was tested says what was needed."""
    if record.value.get("quality") == "tested" and "required-elements" not in record.value:
        yield Wrong("quality", "tested, but without required-elements", "add them, or write verified")


def nsfw_web(record: Parsed, _: Around) -> Iterator[Wrong]:
    """A page for adults only is not named."""
    if record.value.get("nsfw") and record.value.get("web"):
        yield Wrong("web", "it is for adults only, but names its page", "leave web out")


def countries_all(record: Parsed, _: Around) -> Iterator[Wrong]:
    """``all`` stands alone among the countries."""
    countries = record.value.get("relevant-countries", [])
    if "all" in countries and len(countries) > 1:
        yield Wrong("relevant-countries", "all covers the other countries", 'write ["all"]')


def obsolete_deleted(record: Parsed, around: Around) -> Iterator[Wrong]:
    """An obsolete record has no company of the same slug beside it."""
    if record.slug in around.companies:
        yield Wrong("slug", f"there is still a company {record.slug}", "delete one of the two")


def obsolete_redirects(record: Parsed, _: Around) -> Iterator[Wrong]:
    """Whoever was acquired, merged or a duplicate has a successor."""
    if record.value["reason"] in _LEADS_ON and not record.value.get("redirect-to"):
        yield Wrong("reason", f"{record.value['reason']}, but leads nowhere", "add redirect-to")


def redirect_exists(record: Parsed, around: Around) -> Iterator[Wrong]:
    """A successor is there."""
    successor = record.value.get("redirect-to")
    if successor and successor not in around.companies:
        yield Wrong("redirect-to", f"there is no company {successor}", "name a present slug")


def pack_exists(record: Parsed, around: Around) -> Iterator[Wrong]:
    """The companies of a pack are there."""
    for pack in record.value:
        for slug in pack["companies"]:
            if slug not in around.companies:
                yield Wrong(slug, f"pack {pack['slug']} names {slug}, which is no company", "take it out")


def for_kind(kind: Kind) -> tuple[SourceRule, ...]:
    """The rules that apply to files of a kind."""
    return tuple(rule for kinds, rule in _TABLE if kind in kinds)


def _fields(record: Parsed) -> Iterator[tuple[str, Any]]:
    if isinstance(record.value, dict):
        yield from record.value.items()
    else:
        yield "packs", record.value


def _rule(name: str, reason: str, find: Callable[[Parsed, Around], Iterator[Wrong]]) -> SourceRule:
    return Rule(f"source-{name}", "error", reason, find)


_COMPANY = frozenset({Kind.COMPANY})
_CONTACTS = _COMPANY | {Kind.AUTHORITY}
_OBSOLETE = frozenset({Kind.OBSOLETE})
_PACK = frozenset({Kind.PACK})
_RECORDS = _CONTACTS | _OBSOLETE
_ALL = _RECORDS | _PACK
_TABLE: tuple[tuple[frozenset[Kind], SourceRule], ...] = (
    (_ALL, _rule("schema", "other programs read these fields", schema)),
    (_ALL, _rule("extension", "a file without it is overlooked", extension)),
    (_RECORDS, _rule("file-name", "records are found by their file's name", file_name)),
    (_ALL, _rule("final-newline", "tools append lines", final_newline)),
    (_ALL, _rule("trimmed", "blanks around a text end up in letters", trimmed)),
    (_ALL, _rule("whitespace", "what cannot be seen cannot be corrected", whitespace)),
    (_CONTACTS, _rule("medium", "a letter cannot take a way that is not there", medium)),
    (_COMPANY, _rule("letter", "the record asks for a letter of its own", letter_exists)),
    (_COMPANY, _rule("tracking", "a tracker knows no names", tracking_needs)),
    (_COMPANY, _rule("name", "a request without a name is not answered", needs_name)),
    (_COMPANY, _rule("tested", "a test shows what is needed to find a person", tested_needs)),
    (_COMPANY, _rule("nsfw", "the registry is read by children too", nsfw_web)),
    (_COMPANY, _rule("countries", "a country beside all says nothing", countries_all)),
    (_OBSOLETE, _rule("deleted", "a former slug must lead to one place", obsolete_deleted)),
    (_OBSOLETE, _rule("successor", "somebody holds the data still", obsolete_redirects)),
    (_OBSOLETE, _rule("redirect", "a former slug must lead to a record", redirect_exists)),
    (_PACK, _rule("pack", "a pack is sent as a whole", pack_exists)),
)
SOURCE_RULES = tuple(rule for _, rule in _TABLE)
