"""Request -> letter: fills what a letter needs from the member, the controller and the campaign."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.campaign import mandates
from rightskit.campaign.model import OWN_REASON
from rightskit.campaign.needs import identifiers
from rightskit.flows import enclosing
from rightskit.rendering.model import LetterOrder, Party

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from rightskit.accounts import MailAccount
    from rightskit.campaign.model import Campaign, Mandate, Member, Request, RequestRule
    from rightskit.flows.workspace import Workspace
    from rightskit.registry.model import Authority, Controller
    from rightskit.rendering.library import Library


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A letter that is not a request's own first one.

    Attributes:
        letter: its slug; empty for the request's own, once more.
        fields: what it says beyond the request itself.
        channel: on which it goes; empty for the request's own.
    """

    letter: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """What all letters that a campaign writes on one day have in common.

    Attributes:
        account: where answers go, as far as members permit it.
        date: of the letters.
    """

    campaign: Campaign
    account: MailAccount
    date: dt.date

    def order(
        self, request: Request, member: Member, controller: Controller, more: FollowUp | None = None
    ) -> LetterOrder:
        """What a letter is rendered from: the request's own, or one that follows it."""
        more = more or FollowUp()
        on_paper = (more.channel or request.channel) == "post"
        shown = enclosing.signed(request, member, controller, self.date, more.letter, on_paper=on_paper)
        answer_to = _answer_address(request, member, self.account, self.date)
        letter = more.letter or request.letter
        return LetterOrder(
            letter=letter,
            language=request.language,
            date=self.date,
            sender=_sender(member, controller),
            recipient=Party(controller.name, controller.address, controller.email),
            reference=request.reference,
            fields={
                **_details(request, controller, self.campaign),
                **_member_fields(member, controller, request.language),
                **_signed_fields(request, member, controller, self.campaign, self.date),
                **_own_reason(member, letter),
                "answer_to": answer_to,
                **enclosing.fields(shown),
                **more.fields,
            },
            modules=() if more.letter else request.modules,
            reply_to=answer_to,
            enclosures=shown,
        )


def writer(workspace: Workspace) -> Writer:
    """For the letters of today; the account is read once for all of them."""
    return Writer(workspace.campaign, workspace.account, workspace.today)


def _details(request: Request, controller: Controller, campaign: Campaign) -> dict[str, object]:
    """What the campaign itself fills into the letters of a request: by the rule that means this controller.

    A request that another controller has passed on goes by the first rule for its letter.
    """
    fits = [r for r in campaign.requests if request.right in r.rights and request.letter in r.letters(request.right)]
    rule = next((rule for rule in fits if _means(rule, controller)), fits[0] if fits else None)
    return {one.field: one.value for one in rule.details} if rule else {}


def _means(rule: RequestRule, controller: Controller) -> bool:
    serves = not (rule.countries and controller.serves) or set(rule.countries) & set(controller.serves)
    return controller.id in rule.controllers or bool(set(rule.categories) & set(controller.categories) and serves)


def _sender(member: Member, controller: Controller) -> Party:
    """The member as sender; the country is written only in a letter that crosses a border."""
    abroad = (member.country,) if member.country and member.country != controller.country else ()
    return Party(member.name, (*member.address, *abroad), member.email, "")


def _member_fields(member: Member, controller: Controller, language: str) -> dict[str, object]:
    """What this controller needs to find the person, and nothing else (Art. 5(1)(c) GDPR)."""
    needed = [need.field for need in controller.identify_by if not need.optional]
    fields: dict[str, object] = {}
    if "birthdate" in needed and member.birthdate:
        fields["birthdate"] = member.birthdate
    if own := identifiers(member, controller):
        fields["identifiers"] = {label(field, language): value for field, value in own.items()}
    return fields


def label(field: str, language: str) -> str:
    """What an identifier is called in a letter."""
    try:
        return texts.text(language, f"identifier.{field}")
    except KeyError:
        return texts.text(language, "identifier.other")


def _signed_fields(
    request: Request, member: Member, controller: Controller, campaign: Campaign, date: dt.date
) -> dict[str, object]:
    fields: dict[str, object] = {}
    receive = mandates.standing(member, mandates.RECEIVE, request.right, controller.id, date)
    if receive:
        fields["receive_date"] = receive.signed
    if request.way == "mandate":
        who = ", ".join((campaign.organiser.name, *campaign.organiser.address))
        mandate = mandates.standing(member, mandates.ACT, request.right, controller.id, date)
        states = mandate and controller.country in STATES_MANDATE
        fields["representative"] = (
            _statement(who, mandate, request.language, received=bool(receive)) if mandate and states else who
        )
    return fields


def _own_reason(member: Member, letter: str) -> dict[str, object]:
    """The member's words, for the one letter that stands on them; never any others."""
    return {"reason": member.reason} if letter == OWN_REASON else {}


STATES_MANDATE = frozenset({"FR"})
"""Where the letter says what the mandate holds (CNIL, délibération 2021-070 of 27 May 2021): who acts, for which
rights and which data, for how long, and who receives the answer."""


def _statement(who: str, mandate: Mandate, language: str, *, received: bool) -> str:
    def said(key: str, **values: str) -> str:
        return texts.text(language, f"mandate.{key}", **values)

    rights = [texts.text(language, f"right_short.{right}") for right in mandate.rights]
    until = texts.longdate(language, mandate.until) if mandate.until else ""
    return said(
        "statement",
        who=who,
        date=texts.longdate(language, mandate.signed),
        duration=said("until", date=until) if until else said("campaign"),
        rights=", ".join(rights) or said("all_rights"),
        data=mandate.data or said("all_data"),
        recipient=said("to_campaign" if received else "to_member"),
    )


def _answer_address(request: Request, member: Member, account: MailAccount, date: dt.date) -> str:
    """Where the answer goes: to the campaign only with a signed authority to receive, else to the member."""
    receive = mandates.standing(member, mandates.RECEIVE, request.right, request.controller, date)
    return account.tagged(request.reference) if receive else member.email


def authority_party(authority: Authority) -> Party:
    """An authority as the recipient of a complaint."""
    return Party(authority.name, authority.address, authority.email)


def fallbacks(library: Library, orders: Iterable[LetterOrder]) -> list[str]:
    """A sentence for each kind of letter that is written in another language than was ordered, for want of a text."""
    wanted = Counter((order.letter, order.language) for order in orders)
    used = {pair: library.template(*pair).language for pair in wanted}
    return [
        f"There is no letter {letter!r} in {language!r} yet: {wanted[letter, language]} are written in {found!r}."
        for (letter, language), found in used.items()
        if found != language.partition("-")[0] and found != language
    ]
