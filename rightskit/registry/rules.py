"""What must hold for a record of the registry: one function per rule.

A rule looks at one record and yields what is wrong as (field, message, suggestion). It never changes anything, and
it reads no clock and no network. :data:`RULES` is the list that ``controllers check`` runs through; the rules about
ways to reach a record stand in :mod:`rightskit.registry.reach`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit.registry.authority import covering
from rightskit.registry.countries import COUNTRIES
from rightskit.registry.model import Controller
from rightskit.registry.reach import REACH
from rightskit.registry.rule import Rule, Wrong, apart, related
from rightskit.registry.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.registry.rule import Context, Record, RecordRule

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_SUBDIVISION = re.compile(r"[A-Z0-9]{1,3}")
_SHARED_BY_MANY = {"address", "birthdate", "birthplace", "former-address"}
_STALE_DAYS = 731  # 24 months, leap day included


def slug_form(record: Record, _: Context) -> Iterator[Wrong]:
    """Ids and categories are slugs."""
    words = [("id", record.id)]
    if isinstance(record, Controller):
        words += [("categories", category) for category in record.categories]
    for key, word in words:
        if not _SLUG.fullmatch(word):
            yield Wrong(key, f"{word!r} is no slug", "write lower-case letters, digits and single dashes")


def name_unique(record: Record, context: Context) -> Iterator[Wrong]:
    """No two controllers of one name for the same people, unless one is a brand of the other."""
    if not isinstance(record, Controller):
        return
    for other in context.by_name.get(fold(record.name), []):
        if other.id > record.id and not related(record, other) and not apart(record, other):
            yield Wrong("name", f"{other.id} has the same name", "merge them, or say part_of or serves")


def also_unique(record: Record, _: Context) -> Iterator[Wrong]:
    """Brands and former names stand once each, and are other names than the name."""
    seen = {record.name.casefold()}
    for brand in record.also if isinstance(record, Controller) else ():
        if brand.casefold() in seen:
            yield Wrong("also", f"{brand!r} is said already", "leave it out")
        seen.add(brand.casefold())


def brand_linked(record: Record, context: Context) -> Iterator[Wrong]:
    """A controller that another one names as its brand says so too."""
    if not isinstance(record, Controller):
        return
    for owner in context.by_brand.get(fold(record.name), []):
        if owner.id != record.id and not related(record, owner) and not apart(record, owner):
            yield Wrong("part_of", f"{owner.id} names {record.name!r} as its brand", f"say part_of: {owner.id}")


def country_form(record: Record, _: Context) -> Iterator[Wrong]:
    """Countries and subdivisions are ISO 3166 codes."""
    served = record.serves if isinstance(record, Controller) else ()
    for key, code in [("country", record.country), *(("serves", code) for code in served)]:
        if code not in COUNTRIES:
            yield Wrong(key, f"{code!r} is no country known here", "write ISO 3166-1 alpha-2, such as DE")
    if record.subdivision and not _SUBDIVISION.fullmatch(record.subdivision):
        yield Wrong("subdivision", f"{record.subdivision!r} is no subdivision", "write the part after the dash, as HE")


def authority_exists(record: Record, context: Context) -> Iterator[Wrong]:
    """The authority that a controller names is known."""
    named_id = record.authority if isinstance(record, Controller) else ""
    if named_id and named_id not in context.registry.authorities:
        yield Wrong("authority", f"there is no authority {named_id!r}", "add it under authorities:")


def authority_found(record: Record, context: Context) -> Iterator[Wrong]:
    """Where a country has authorities, one of them supervises the controller."""
    if not isinstance(record, Controller) or record.authority:
        return
    registry = context.registry
    there = any(authority.country == record.country for authority in registry.authorities.values())
    if there and not covering(registry, record.country, record.subdivision, record.sector):
        yield Wrong("authority", "no authority at its seat is known", "add authority, or subdivision and sector")


def part_of_exists(record: Record, context: Context) -> Iterator[Wrong]:
    """The controller whose brand it is is known, and is another one."""
    parent = record.part_of if isinstance(record, Controller) else ""
    if parent and (parent == record.id or parent not in context.registry.controllers):
        yield Wrong("part_of", f"there is no other controller {parent!r}", "name the controller whose brand it is")


def language_form(record: Record, _: Context) -> Iterator[Wrong]:
    """Languages are BCP 47 codes."""
    for language in record.languages:
        if not _LANGUAGE.fullmatch(language):
            yield Wrong("languages", f"{language!r} is no language code", "write BCP 47, such as de or pt-BR")


def language_has_letters(record: Record, context: Context) -> Iterator[Wrong]:
    """There are letters in one of the languages."""
    bases = {language.split("-")[0] for language in record.languages}
    if context.letters and bases and not bases & context.letters:
        missing = ", ".join(record.languages)
        yield Wrong("languages", f"there are no letters in {missing}", "add en where it is understood, or write them")


def identify_by_whom(record: Record, _: Context) -> Iterator[Wrong]:
    """What is needed to find a person holds something that names one: a name, an account, a number."""
    needs = {need.field for need in record.identify_by} if isinstance(record, Controller) else set()
    if needs and needs <= _SHARED_BY_MANY:
        yield Wrong("identify_by", f"{', '.join(sorted(needs))}: many people share that", "add {field: name}")


def tested_identifies(record: Record, _: Context) -> Iterator[Wrong]:
    """What was tested says what the controller needed."""
    if isinstance(record, Controller) and record.quality == "tested" and not record.identify_by:
        yield Wrong("quality", "it is tested, but has no identify_by", "add identify_by, or write quality: verified")


def sources_named(record: Record, _: Context) -> Iterator[Wrong]:
    """What claims to be checked says against what, and when."""
    needed = {"unverified": (), "imported": ("sources",)}.get(record.quality, ("sources", "checked"))
    for key in needed:
        if not getattr(record, key):
            yield Wrong(key, f"it is {record.quality}, but has no {key}", f"add {key}, or write quality: unverified")


def checked_recently(record: Record, context: Context) -> Iterator[Wrong]:
    """Somebody compared the record with its source within 24 months."""
    if record.checked and (context.today - record.checked).days > _STALE_DAYS:
        yield Wrong("checked", f"last checked on {record.checked}", "compare it with its source")
    if record.checked and record.checked > context.today:
        yield Wrong("checked", f"checked on {record.checked}, which is still to come", "correct the date")


RULES: tuple[RecordRule, ...] = (
    Rule("slug-form", "error", "ids stand in files and on command lines for ever", slug_form),
    Rule("name-unique", "error", "two records of one controller send two letters", name_unique),
    Rule("also-unique", "error", "a brand said twice is a slip", also_unique),
    Rule("brand-linked", "warning", "two records for one responsibility send two letters", brand_linked),
    Rule("country-form", "error", "deadlines and authorities follow from the country", country_form),
    *REACH,
    Rule("authority-exists", "error", "a complaint needs its addressee", authority_exists),
    Rule("authority-found", "warning", "a complaint needs its addressee", authority_found),
    Rule("part-of-exists", "error", "a brand leads to the controller that must answer", part_of_exists),
    Rule("language-form", "error", "the language chooses the letter", language_form),
    Rule("language-has-letters", "warning", "the letter will be in a language it may not read", language_has_letters),
    Rule("identify-by-whom", "error", "nobody is found by a birthdate alone", identify_by_whom),
    Rule("tested-identifies", "error", "a test shows what is needed to find a person", tested_identifies),
    Rule("sources-named", "error", "quality without a source is a claim", sources_named),
    Rule("checked-recently", "warning", "addresses change", checked_recently),
)
