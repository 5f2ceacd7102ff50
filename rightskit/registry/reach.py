"""What must hold for the ways to reach a controller or an authority: address, mail, numbers, pages, channels."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields
from typing import TYPE_CHECKING

from rightskit.registry.countries import has_postal_code, named
from rightskit.registry.hosts import EMAIL, HOST, ascii_email, ascii_host
from rightskit.registry.model import Controller
from rightskit.registry.rule import Rule, Wrong, related, texts_of
from rightskit.registry.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.registry.rule import Context, Record, RecordRule

_PHONE = re.compile(r"\+[1-9]\d{0,2}(?: \d+)+(?: ext\. \d+)?")
_MOST_DIGITS = 18  # ITU-T E.164 allows 15; German direct-dial numbers in use are longer
_URL = re.compile(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?")
_ADDRESS_LINES = 2


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


def address_without_name(record: Record, _: Context) -> Iterator[Wrong]:
    """The name is not a line of the address: the letter writes it above."""
    if any(fold(line) == fold(record.name) for line in record.address):
        yield Wrong("address", "the address repeats the name", "leave that line out")


def postal_code(record: Record, _: Context) -> Iterator[Wrong]:
    """An address holds a postal code in the form of its country."""
    if record.address and not has_postal_code(record.country, record.address):
        yield Wrong("address", f"no line holds a postal code of {record.country}", "add it, or correct the country")


def email_form(record: Record, _: Context) -> Iterator[Wrong]:
    """Mail addresses can be written to as they stand."""
    for key, address in _addresses(record):
        if not EMAIL.fullmatch(address):
            yield Wrong(key, f"{address!a} is no mail address", "write name@example.org")


def idn_punycode(record: Record, _: Context) -> Iterator[Wrong]:
    """Hosts with other than ASCII letters are written as mail servers send them (RFC 5891)."""
    domains = record.domains if isinstance(record, Controller) else ()
    for key, text, plain in [
        *((key, address, ascii_email(address)) for key, address in _addresses(record)),
        *(("domains", domain, ascii_host(domain)) for domain in domains),
    ]:
        if HOST.fullmatch(text.rpartition("@")[2]) and not text.rpartition("@")[2].isascii():
            yield Wrong(key, f"{text!a} is not in ASCII", f"write {plain}")


def email_shared(record: Record, context: Context) -> Iterator[Wrong]:
    """A mail address belongs to one controller, or to brands of one."""
    if not isinstance(record, Controller) or not record.email:
        return
    sharing = context.by_email.get(record.email.casefold(), [])
    others = [other.id for other in sharing if other.id != record.id and not related(record, other)]
    if others and record.id < min(others):
        message = f"{len(others)} more are written to at {record.email!r}: {', '.join(sorted(others)[:5])}"
        yield Wrong("email", message, "say part_of where one is another's brand; replies are told by their reference")


def visible(record: Record, _: Context) -> Iterator[Wrong]:
    """No soft hyphens, zero-width or other invisible characters and no unusual blanks."""
    for spec in fields(record):
        for character in hidden(getattr(record, spec.name)):
            yield Wrong(spec.name, f"holds the invisible character U+{ord(character):04X}", "type it anew")


def hidden(value: object) -> list[str]:
    """The invisible characters in a value, each once."""
    return sorted({c for text in texts_of(value) if not _is_plain(text) for c in text if is_hidden(c)})


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def is_hidden(character: str) -> bool:
    """Whether a character is a control, a format sign, unassigned, or a blank other than the plain one."""
    return character != " " and unicodedata.category(character) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zs", "Zl", "Zp"}


def phone_form(record: Record, _: Context) -> Iterator[Wrong]:
    """Phone and fax numbers are in international form (ITU-T E.123) and of a length that can be dialled."""
    fax = record.fax if isinstance(record, Controller) else ""
    for key, number in (("phone", record.phone), ("fax", fax)):
        digits = sum(c.isdigit() for c in number.partition(" ext.")[0])
        if number and (not _PHONE.fullmatch(number) or digits > _MOST_DIGITS):
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
        if not HOST.fullmatch(domain) or domain != domain.lower() or domain.rpartition(".")[2].isdigit():
            yield Wrong("domains", f"{domain!a} is no host name", "write example.org")


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


def _addresses(record: Record) -> list[tuple[str, str]]:
    contacts = record.contacts.values() if isinstance(record, Controller) else ()
    return [(key, text) for key, text in [("email", record.email), *(("contacts", text) for text in contacts)] if text]


REACH: tuple[RecordRule, ...] = (
    Rule("address-form", "error", "a letter without its country does not arrive from abroad", address_form),
    Rule("address-without-name", "error", "the letter would name the controller twice", address_without_name),
    Rule("postal-code", "error", "a wrong postal code sends the letter back", postal_code),
    Rule("email-form", "error", "a mail to a broken address bounces, or reaches a stranger", email_form),
    Rule("idn-punycode", "error", "mail servers know only ASCII hosts, and replies come from these", idn_punycode),
    Rule("email-shared", "warning", "the sender's address alone cannot tell the replies apart", email_shared),
    Rule("visible", "error", "an invisible character makes an address another address", visible),
    Rule("phone-form", "error", "numbers are called from several countries", phone_form),
    Rule("url-form", "error", "a form that cannot be opened is no channel", url_form),
    Rule("domain-form", "error", "replies are recognised by the sender's domain", domain_form),
    Rule("medium-exists", "error", "a controller that cannot be reached cannot be asked", medium_exists),
    Rule("channels-possible", "error", "a plan would choose a channel that does not exist", channels_possible),
)
