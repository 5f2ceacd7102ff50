"""``letter``: one letter for one person, without campaign or vault."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit.campaign.plan import choose_language
from rightskit.delivery import message
from rightskit.errors import RefusedError, WrongUsageError
from rightskit.rendering import layouts
from rightskit.rendering.html import html
from rightskit.rendering.letter import render
from rightskit.rendering.model import LetterOrder, Party
from rightskit.rendering.pdf import pdf
from rightskit.rights import Right
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    import datetime as dt

    from rightskit.campaign.me import Me
    from rightskit.registry.model import Controller
    from rightskit.rendering.library import Library
    from rightskit.rendering.model import Letter
    from rightskit.rendering.template import Template


# Letters that need the history of a request, or that go to a member: a command of their own writes them.
_NOT_ALONE = re.compile(
    r"answer-.*|form-.*|paper-.*|ask|ask-.*|complaint|identity-sheet|invite|kit-note|missing|reminder|supply"
)


def writable(library: Library) -> list[str]:
    """The letters to a controller that a person can write alone: those of the rights first, a campaign's own too."""
    slugs = {letter for letter in library.languages() if _NOT_ALONE.fullmatch(letter) is None}
    return [*(right for right in Right if right in slugs), *sorted(slugs.difference(Right))]


def template(letter: str, controller: Controller, library: Library, language: str, member_language: str) -> Template:
    """The letter's text, in the language asked for, else in one that the controller reads.

    Raises:
        WrongUsageError: there is no such letter to a controller.
    """
    known = writable(library)
    if letter not in known:
        raise WrongUsageError(f"There is no letter {letter!r} to a controller.", did_you_mean(letter, known))
    languages = sorted(library.languages()[letter])
    chosen = language or choose_language("controller", controller.languages, member_language, languages)
    return library.template(letter, chosen)


def wanted(found: Template, controller: Controller, *, on_paper: bool) -> list[str]:
    """What a person must say for this letter: what the controller needs, then what the letter needs."""
    base = ["name"] + (["address"] if on_paper else ["email"])
    base += [need.field for need in controller.identify_by if not need.optional]
    return list(dict.fromkeys([*base, *found.needs]))


def write(  # noqa: PLR0913, PLR0917 (a letter's parties, text and form)
    me: Me,
    controller: Controller,
    found: Template,
    library: Library,
    form: str,
    now: dt.datetime,
    today: dt.date,
    layout: str = "",
) -> bytes:
    """The letter as bytes, as ``pdf``, ``eml``, ``txt`` or ``html``; on paper in a layout, by default of the country.

    Raises:
        WrongUsageError: there is no such layout.
        RefusedError: the form needs an address that is missing.
        RightskitError: a field of the letter is missing.
    """
    if layout:
        layouts.named(layout)
    letter = render(_order(me, controller, found, today), library)
    if form == "txt":
        return letter.text.encode()
    if form == "eml":
        return _draft(letter, me, controller, now)
    if form == "html":
        return html(letter).encode()
    if not controller.address:
        raise RefusedError(f"The registry has no postal address of {controller.name}.", "Take --format eml.")
    return pdf(letter, layout or layouts.layout_for(controller.country))


def _order(me: Me, controller: Controller, found: Template, today: dt.date) -> LetterOrder:
    fields: dict[str, object] = dict(me.details)
    needed = [need.field for need in controller.identify_by if not need.optional]
    if me.birthdate and "birthdate" in needed:
        fields["birthdate"] = me.birthdate
    if me.identifiers:
        fields["identifiers"] = dict(me.identifiers)
    if me.reason:
        fields["reason"] = me.reason
    return LetterOrder(
        letter=found.letter,
        language=found.language,
        date=today,
        sender=Party(me.name, me.address, me.email, me.phone),
        recipient=Party(controller.name, controller.address, controller.email),
        fields=fields,
        signature=me.signature,
    )


def _draft(letter: Letter, me: Me, controller: Controller, now: dt.datetime) -> bytes:
    """A mail that opens as a draft in the person's own mail program."""
    if not controller.email:
        raise RefusedError(f"The registry has no mail address of {controller.name}.", "Take --format pdf.")
    if not me.email:
        raise RefusedError("A mail needs your own address.", "Add `email:` to me.yaml.")
    envelope = message.Envelope(me.name, me.email, controller.email)
    raw = message.build(letter, envelope, message.new_message_id("", letter.order.letter, me.email), now)
    return b"X-Unsent: 1\r\n" + raw
