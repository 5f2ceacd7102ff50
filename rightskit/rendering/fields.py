"""The values that a letter is filled with: which may be printed, and which the letter gets to see."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rightskit.rendering.errors import MissingFieldError, UnprintableFieldError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.rendering.model import LetterOrder, Party
    from rightskit.rendering.template import Template

# What every letter may use, beside the fields that its front matter declares.
BUILT_IN = frozenset({"sender", "recipient", "date", "reference", "modules"})

# Controls, formats (zero-width, direction marks, soft hyphen), surrogates, private use, unassigned, separators.
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Characters of other categories that print as nothing: joiner, fillers, variation selectors, blank braille.
_UNSEEN = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}.union(
    range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)
)


def is_unseen(character: str) -> bool:
    """Whether a character prints as nothing, or changes how others print."""
    return unicodedata.category(character) in _UNSEEN_CATEGORIES or ord(character) in _UNSEEN


def check(order: LetterOrder) -> None:
    """Refuse values that nobody would see on paper as they are.

    Raises:
        UnprintableFieldError: a value holds an unseen character, or a line break where one line is meant.
    """
    for name, text in _single_lines(order):
        _check_text(order.letter, name, text)
    for name, value in order.fields.items():
        for text in _texts(value):
            # Only a field that is a text of its own, such as a reason, may run over several lines.
            _check_text(order.letter, name, text.replace("\n", " ") if isinstance(value, str) else text)


def texts(order: LetterOrder) -> Iterator[tuple[str, str]]:
    """The name of each field and each text in it, of all that a letter may print."""
    yield from _single_lines(order)
    for name, value in order.fields.items():
        yield from ((name, text) for text in _texts(value))


def scope(order: LetterOrder, template: Template) -> dict[str, object]:
    """What the letter's text sees: the built-in names, and of the fields only those that it declares.

    An absent optional field is an empty mapping: false, and without items.

    Raises:
        MissingFieldError: a needed field is empty.
    """
    for name in template.needs:
        if _is_empty(order.fields.get(name)):
            raise MissingFieldError(order.letter, name)
    for name, party in (("sender", order.sender), ("recipient", order.recipient)):
        if not party.name.strip():
            raise MissingFieldError(order.letter, f"{name}.name")
    declared = (*template.needs, *template.may_use)
    fields = {name: {} if _is_empty(order.fields.get(name)) else order.fields[name] for name in declared}
    return fields | {
        "sender": order.sender,
        "recipient": order.recipient,
        "date": order.date,
        "reference": order.reference,
        "modules": frozenset(order.modules),
    }


def _single_lines(order: LetterOrder) -> Iterator[tuple[str, str]]:
    yield "reference", order.reference
    yield "reply_to", order.reply_to
    yield from (("enclosures", one.title) for one in order.enclosures)
    yield from _party_lines("sender", order.sender)
    yield from _party_lines("recipient", order.recipient)


def _party_lines(role: str, party: Party) -> Iterator[tuple[str, str]]:
    yield f"{role}.name", party.name
    yield f"{role}.email", party.email
    yield f"{role}.phone", party.phone
    yield from ((f"{role}.address", line) for line in party.address)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _texts(inner)


def _check_text(letter: str, name: str, text: str) -> None:
    if "\n" in text:
        raise UnprintableFieldError(letter, name, "it must stand on one line")
    found = next((character for character in text if is_unseen(character)), None)
    if found is not None:
        reason = f"it holds the invisible character U+{ord(found):04X}"
        raise UnprintableFieldError(letter, name, reason)


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, (Mapping, list, tuple, set, frozenset)) and not value)
