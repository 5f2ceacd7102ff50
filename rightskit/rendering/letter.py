"""From an order to a letter: fill the text, and write it as mail text and as HTML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.rendering import environment, fields, markdown
from rightskit.rendering.layouts import words
from rightskit.rendering.model import Letter

if TYPE_CHECKING:
    from rightskit.rendering.library import Library
    from rightskit.rendering.model import LetterOrder
    from rightskit.rendering.template import Template


def render(order: LetterOrder, library: Library) -> Letter:
    """Write the letter that is ordered.

    The letter's own order names the language that was really used: English where the library has no other.

    Raises:
        NotFoundError: the library has no such letter.
        FaultsError: the letter's file is wrong.
        MissingFieldError: a field that the letter needs is empty.
        UnprintableFieldError: a value holds characters that nobody would see.
    """
    return cut(order, library).letter


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter cut where it differs from others of the same text, whose common blocks are written once.

    Attributes:
        order: what it was rendered from, with the language that was really used.
        version: of the letter's text.
        subject: one line, with the reference.
        blocks: of the body.
        plain: the whole letter as plain text, as a mail would carry it.
    """

    order: LetterOrder
    version: str
    subject: str
    blocks: tuple[markdown.Block, ...]
    plain: str

    @property
    def letter(self) -> Letter:
        """The same letter in one piece."""
        return Letter(self.order, self.version, self.subject, self.plain, "".join(block.html for block in self.blocks))


def cut(order: LetterOrder, library: Library) -> Sheet:
    """Write the letter that is ordered, block by block.

    Raises:
        RightskitError: as :func:`render`.
    """
    template = library.template(order.letter, order.language)
    used = replace(order, language=template.language)
    fields.check(used)
    scope = fields.scope(used, template)
    text, values = environment.fill(template, template.body, scope)
    blocks = tuple(markdown.blocks(text, values))
    plain = "\n\n".join([*(block.plain for block in blocks), _below(used)])
    return Sheet(used, template.version, _subject(used, template, scope), blocks, f"{plain}\n")


def _subject(order: LetterOrder, template: Template, scope: dict[str, object]) -> str:
    subject = environment.put_in(*environment.fill(template, template.subject_source, scope))
    return " ".join([*subject.split(), *([f"[{order.reference}]"] if order.reference else [])])


def _below(order: LetterOrder) -> str:
    """What stands below the closing formula of a mail: who writes, from where, and under which reference."""
    label = words(order.language)
    blocks = ["\n".join((order.sender.name, *order.sender.address))]
    if order.reference:
        blocks.append(label["reference_line"].format(order.reference))
    if order.enclosures:
        blocks.append("\n".join((label["enclosures_line"], *(f"- {one.title}" for one in order.enclosures))))
    return "\n\n".join(blocks)
