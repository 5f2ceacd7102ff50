"""What must hold for a record of the registry: one function per rule.

A rule looks at one record and yields what is wrong as (field, message, suggestion). It never changes anything, and
it reads no clock and no network. :data:`RULES` is the list that ``controllers check`` runs through.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, NamedTuple

from rightskit.registry.countries import COUNTRIES, has_postal_code, named
from rightskit.registry.model import Authority, Controller, Registry
from rightskit.registry.search import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

Record = Controller | Authority


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at besides the record itself.

    Attributes:
        registry: all records.
        today: the day on which is checked.
        by_name: folded name → controllers of that name.
    """

    registry: Registry
    today: dt.date
    by_name: dict[str, list[Controller]] = field(default_factory=dict)


class Wrong(NamedTuple):
    """What a rule found: in which field, what is wrong, what to write instead."""

    field: str
    message: str
    suggestion: str


class Rule(NamedTuple):
    """One rule of the registry.

    Attributes:
        id: its slug, as `controllers check` prints it.
        severity: ``error`` (the record misleads or cannot be used) or ``warning`` (somebody should look).
        reason: why it must hold.
        find: yields what is wrong with a record.
    """

    id: str
    severity: str
    reason: str
    find: Callable[[Record, Context], Iterator[Wrong]]


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
_EMAIL = re.compile(rf"{_LOCAL}@{_DOMAIN}", re.IGNORECASE)
_HOST = re.compile(_DOMAIN)
_PHONE = re.compile(r"\+\d{1,3}(?: \d+)+(?: ext\. \d+)?")
_URL = re.compile(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_SUBDIVISION = re.compile(r"[A-Z0-9]{1,3}")
_STALE_DAYS = 731  # 24 months, leap day included
_ADDRESS_LINES = 2


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
        related = other.part_of == record.id or record.part_of == other.id
        apart = record.serves and other.serves and not set(record.serves) & set(other.serves)
        if other.id > record.id and not related and not apart:
            yield Wrong("name", f"{other.id} has the same name", "merge them, or say part_of or serves")


def country_form(record: Record, _: Context) -> Iterator[Wrong]:
    """Countries and subdivisions are ISO 3166 codes."""
    served = record.serves if isinstance(record, Controller) else ()
    for key, code in [("country", record.country), *(("serves", code) for code in served)]:
        if code not in COUNTRIES:
            yield Wrong(key, f"{code!r} is no country known here", "write ISO 3166-1 alpha-2, such as DE; quote NO")
    if record.subdivision and not _SUBDIVISION.fullmatch(record.subdivision):
        yield Wrong("subdivision", f"{record.subdivision!r} is no subdivision", "write the part after the dash, as HE")


def address_form(record: Record, _: Context) -> Iterator[Wrong]:
    """An address has two lines or more and ends with its country."""
    if not record.address:
        return
    if len(record.address) < _ADDRESS_LINES:
        yield Wrong("address", "the address has one line", "write at least the place and the country")
    code = named(record.address[-1])
    if not code:
        yield Wrong("address", f"the address ends with {record.address[-1]!r}", "end it with the country's name")
    elif code != record.country:
        yield Wrong("address", f"the address is in {code}, the country is {record.country}", "correct one of them")


def postal_code(record: Record, _: Context) -> Iterator[Wrong]:
    """An address holds a postal code in the form of its country."""
    if record.address and not has_postal_code(record.country, record.address):
        yield Wrong("address", f"no line holds a postal code of {record.country}", "add it, or correct the country")


def email_form(record: Record, _: Context) -> Iterator[Wrong]:
    """Mail addresses can be written to as they stand."""
    contacts = record.contacts.values() if isinstance(record, Controller) else ()
    for key, address in [("email", record.email), *(("contacts", address) for address in contacts)]:
        if address and not _EMAIL.fullmatch(address):
            yield Wrong(key, f"{address!a} is no mail address", "write name@host; hosts with accents in punycode")


def visible(record: Record, _: Context) -> Iterator[Wrong]:
    """No soft hyphens, zero-width or other invisible characters and no unusual blanks."""
    for spec in fields(record):
        value = getattr(record, spec.name)
        for text in value if isinstance(value, tuple) else (value,):
            hidden = sorted({c for c in text if _is_hidden(c)}) if isinstance(text, str) else []
            for character in hidden:
                yield Wrong(spec.name, f"holds the invisible character U+{ord(character):04X}", "type it anew")


def _is_hidden(character: str) -> bool:
    return character != " " and unicodedata.category(character) in {"Cc", "Cf", "Cn", "Co", "Zs", "Zl", "Zp"}


def phone_form(record: Record, _: Context) -> Iterator[Wrong]:
    """Phone and fax numbers are in international form (ITU-T E.123)."""
    numbers = [("phone", record.phone)]
    if isinstance(record, Controller):
        numbers.append(("fax", record.fax))
    for key, number in numbers:
        if number and not _PHONE.fullmatch(number):
            yield Wrong(key, f"{number!r} is not in international form", "write +49 611 12345")


def url_form(record: Record, _: Context) -> Iterator[Wrong]:
    """Web addresses are complete."""
    for key in ("web", "webform"):
        url = getattr(record, key)
        if url and not _URL.fullmatch(url):
            yield Wrong(key, f"{url!r} is no web address", "write it with https://")


def domain_form(record: Record, _: Context) -> Iterator[Wrong]:
    """Domains are plain lower-case host names: replies are matched against them."""
    for domain in record.domains if isinstance(record, Controller) else ():
        if not _HOST.fullmatch(domain):
            yield Wrong("domains", f"{domain!a} is no host name", "write example.org; accents in punycode")


def medium_exists(record: Record, _: Context) -> Iterator[Wrong]:
    """There is some way to write to it."""
    fax = record.fax if isinstance(record, Controller) else ""
    if not (record.email or record.webform or record.address or fax):
        yield Wrong("address", "there is no way to write to it", "add an address, an email or a webform")


def channels_possible(record: Record, _: Context) -> Iterator[Wrong]:
    """A channel that is offered has its address, and is not refused at the same time."""
    if not isinstance(record, Controller):
        return
    needs = {"email": record.email, "webform": record.webform, "post": record.address, "fax": record.fax}
    for channel in record.channels:
        if not needs.get(channel, True):
            missing = "address" if channel == "post" else channel
            yield Wrong("channels", f"{channel} is offered, but there is no {missing}", f"add {missing}")
        if channel in record.refuses:
            yield Wrong("refuses", f"{channel} is offered and refused", "keep it in one of the two lists")


def authority_exists(record: Record, context: Context) -> Iterator[Wrong]:
    """The authority that a controller names is known."""
    named_id = record.authority if isinstance(record, Controller) else ""
    if named_id and named_id not in context.registry.authorities:
        yield Wrong("authority", f"there is no authority {named_id!r}", "add it under authorities:")


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


def sources_named(record: Record, _: Context) -> Iterator[Wrong]:
    """What claims to be checked says against what, and when."""
    if record.quality == "unverified":
        return
    for key, value in (("sources", record.sources), ("checked", record.checked)):
        if not value:
            yield Wrong(key, f"it is {record.quality}, but has no {key}", f"add {key}, or write quality: unverified")


def checked_recently(record: Record, context: Context) -> Iterator[Wrong]:
    """Somebody compared the record with its source within 24 months."""
    if record.checked and (context.today - record.checked).days > _STALE_DAYS:
        yield Wrong("checked", f"last checked on {record.checked}", "compare it with its source")
    if record.checked and record.checked > context.today:
        yield Wrong("checked", f"checked on {record.checked}, which is still to come", "correct the date")


RULES = (
    Rule("slug-form", "error", "ids stand in files and on command lines for ever", slug_form),
    Rule("name-unique", "error", "two records of one controller send two letters", name_unique),
    Rule("country-form", "error", "deadlines and authorities follow from the country", country_form),
    Rule("address-form", "error", "a letter without its country does not arrive from abroad", address_form),
    Rule("postal-code", "error", "a wrong postal code sends the letter back", postal_code),
    Rule("email-form", "error", "a mail to a broken address bounces, or reaches a stranger", email_form),
    Rule("visible", "error", "an invisible character makes an address another address", visible),
    Rule("phone-form", "error", "numbers are called from several countries", phone_form),
    Rule("url-form", "error", "a form that cannot be opened is no channel", url_form),
    Rule("domain-form", "error", "replies are recognised by the sender's domain", domain_form),
    Rule("medium-exists", "error", "a controller that cannot be reached cannot be asked", medium_exists),
    Rule("channels-possible", "error", "a plan would choose a channel that does not exist", channels_possible),
    Rule("authority-exists", "error", "a complaint needs its addressee", authority_exists),
    Rule("part-of-exists", "error", "a brand leads to the controller that must answer", part_of_exists),
    Rule("language-form", "error", "the language chooses the letter", language_form),
    Rule("sources-named", "error", "quality without a source is a claim", sources_named),
    Rule("checked-recently", "warning", "addresses change", checked_recently),
)
