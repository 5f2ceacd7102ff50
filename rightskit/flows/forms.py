"""The forms that a member signs, ready to be printed; and the sheet on identity documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.campaign.plan import way
from rightskit.errors import RefusedError
from rightskit.rendering.bulk import print_all
from rightskit.rendering.bundle import parted
from rightskit.rendering.layouts import layout_for
from rightskit.rendering.model import LetterOrder, Party

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rightskit.campaign.model import Member
    from rightskit.campaign.plan import Aim
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library

SHARE = 60
"""Members whose forms are laid out at once."""
_SPOKEN = {"DE": "de", "AT": "de", "LI": "de", "FR": "fr", "NL": "nl", "ES": "es", "IT": "it"}
"""What is read in a country, where a member has not said; English elsewhere."""

_WRAPPED = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?!\s|[-*•–] |\d+[.)] )")
"""The end of a line inside a paragraph; what follows is no item of a list."""


def language_of(member: Member, library: Library, letter: str) -> str:
    """The language in which a member reads a letter."""
    return library.template(letter, spoken(member)).language


def spoken(member: Member) -> str:
    """The language in which a member is written to; for some letters another one stands in for it."""
    return member.language or _SPOKEN.get(member.country, "en")


def names(workspace: Workspace, member: Member) -> list[str]:
    """The forms that a member needs: who acts alone signs no mandate, who may not pool no consent."""
    mandates = [] if way(member, workspace.campaign) == "self" else ["form-mandate", "form-receive"]
    return [*mandates, *(["form-consent"] if workspace.campaign.consent.version else [])]


def flowing(text: str) -> str:
    """A text of campaign.yaml as paper takes it: the lines of a paragraph are one, items of a list keep theirs."""
    return _WRAPPED.sub(" ", text).strip()


def printed(
    workspace: Workspace, people: Sequence[Member], aims: Collection[Aim], library: Library
) -> Iterator[tuple[Member, list[tuple[str, bytes]]]]:
    """Each member with the names and bytes of their forms, laid out together for speed.

    Raises:
        RightskitError: a form cannot be laid out.
    """
    for start in range(0, len(people), SHARE):
        share = people[start : start + SHARE]
        orders = [
            (member, order(workspace, member, form, aims, library))
            for member in share
            for form in names(workspace, member)
        ]
        yield from sheets(share, orders, library)


def sheets(
    people: Sequence[Member], orders: Sequence[tuple[Member, LetterOrder]], library: Library
) -> Iterator[tuple[Member, list[tuple[str, bytes]]]]:
    """Each member with what was ordered for them, as PDFs of their own."""
    made = print_all([(one, layout_for(member.country or "DE")) for member, one in orders], library)
    pdfs = dict(zip(made.pages, parted(made.pdf, list(made.pages.values())), strict=True))
    by_member: dict[str, list[tuple[str, bytes]]] = {member.member: [] for member in people}
    for place, (member, one) in enumerate(orders):
        if place in made.stopped:
            raise RefusedError(f"{one.letter} cannot be printed: {made.stopped[place]}")
        by_member[member.member].append((f"{member.member}-{one.letter}.pdf", pdfs[place]))
    for member in people:
        yield member, by_member[member.member]


def order(workspace: Workspace, member: Member, form: str, aims: Collection[Aim], library: Library) -> LetterOrder:
    """A form, filled with what is known; the member's id stands on it, so that a scan finds its member."""
    campaign, organiser = workspace.campaign, workspace.campaign.organiser
    language = language_of(member, library, form)
    controllers = list(dict.fromkeys(aim.controller.name for aim in aims))
    rights = list(dict.fromkeys(texts.text(language, f"right.{aim.right}") for aim in aims))
    fields: Mapping[str, Mapping[str, object]] = {
        "form-mandate": {"request_titles": rights, "controllers": controllers},
        "form-receive": {"answer_to": workspace.account.address},
        "form-consent": {
            "consent_text": flowing(campaign.consent.text),
            "consent_version": campaign.consent.version,
            "scopes": list(campaign.consent.scopes),
            "threshold": campaign.threshold,
        },
    }
    born = {"birthdate": member.birthdate} if member.birthdate else {}
    return LetterOrder(
        letter=form,
        language=language,
        date=workspace.today,
        sender=Party(member.name, member.address, member.email),
        recipient=Party(organiser.name, organiser.address, workspace.account.address),
        reference=member.member,
        fields={"campaign": campaign.title, **born, **fields[form]},
    )
