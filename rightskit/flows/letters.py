"""Request -> letter: fills what a letter needs from the member, the controller and the campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.rendering.model import LetterOrder, Party

if TYPE_CHECKING:
    import datetime as dt

    from rightskit.accounts import MailAccount
    from rightskit.campaign.model import Campaign, Member, Request
    from rightskit.registry.model import Authority, Controller


def order(  # noqa: PLR0913, PLR0917 (the parts of a letter)
    request: Request,
    member: Member,
    controller: Controller,
    campaign: Campaign,
    account: MailAccount,
    date: dt.date,
    letter: str = "",
    extra: dict[str, object] | None = None,
) -> LetterOrder:
    """What the letter of a request is rendered from; ``letter`` names a follow-up instead of the request's own."""
    return LetterOrder(
        letter=letter or request.letter,
        language=request.language,
        date=date,
        sender=sender(member, controller),
        recipient=Party(controller.name, controller.address, controller.email),
        reference=request.reference,
        fields={
            **member_fields(member, controller, request.language),
            **_campaign_fields(request, member, campaign, account),
            **(extra or {}),
        },
        modules=() if letter else request.modules,
        reply_to=answer_address(request, member, account),
    )


def sender(member: Member, controller: Controller) -> Party:
    """The member as sender; the country is written only in a letter that crosses a border."""
    abroad = (member.country,) if member.country and member.country != controller.country else ()
    return Party(member.name, (*member.address, *abroad), member.email, "")


def member_fields(member: Member, controller: Controller, language: str) -> dict[str, object]:
    """What this controller needs to find the person, and nothing else (Art. 5(1)(c) GDPR)."""
    needed = [need.field for need in controller.identify_by if not need.optional]
    fields: dict[str, object] = {}
    if "birthdate" in needed and member.birthdate:
        fields["birthdate"] = member.birthdate
    own = [field for field in needed if field not in {"name", "address", "birthdate", "email", "phone"}]
    if own and controller.id in member.identifiers:
        fields["identifiers"] = {_label(own[0], language): member.identifiers[controller.id]}
    return fields


def _label(field: str, language: str) -> str:
    try:
        return texts.text(language, f"identifier.{field}")
    except KeyError:
        return texts.text(language, "identifier.other")


def _campaign_fields(request: Request, member: Member, campaign: Campaign, account: MailAccount) -> dict[str, object]:
    fields: dict[str, object] = {"answer_to": answer_address(request, member, account)}
    if request.way == "mandate":
        fields["representative"] = ", ".join((campaign.organiser.name, *campaign.organiser.address))
    if member.receive_date:
        fields["receive_date"] = member.receive_date
    return fields


def answer_address(request: Request, member: Member, account: MailAccount) -> str:
    """Where the answer goes: to the campaign only with a signed authority to receive, else to the member."""
    return account.tagged(request.reference) if member.receive_date else member.email


def authority_party(authority: Authority) -> Party:
    """An authority as the recipient of a complaint."""
    return Party(authority.name, authority.address, authority.email)
