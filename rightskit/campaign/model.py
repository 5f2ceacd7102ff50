"""Members, campaigns and the requests that follow from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.campaign.pace import DEFAULT, Pace
from rightskit.campaign.reuse import CC_BY, Contact, Licence
from rightskit.campaign.tables import Tables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from rightskit.campaign.population import Population
    from rightskit.campaign.questionnaire import Question
    from rightskit.campaign.trial import Arm, Trial
    from rightskit.rights import Right

WAYS = ("self", "own-name", "mandate")
SCOPES = ("statistics", "research", "named")
OWN_REASON = "objection-situation"
"""The letter under Art. 21(1) GDPR: it stands on the member's particular situation, in their own words alone."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """A permission that a member signed: to act for them, or to receive their answers.

    Attributes:
        id: opaque id, ``V`` and 8 Crockford base-32 characters.
        kind: ``act``, or ``receive`` for an authority to receive.
        signed: the day of the signature.
        until: its last day; None: until the campaign ends.
        rights: that it covers; empty: all that the campaign uses.
        controllers: ids; empty: all that the campaign writes to.
        data: the data that it is about, in the member's words; empty: all data about them.
        signed_by: ``member`` or ``guardian``.
        document: SHA-256 of the signed PDF or scan in the vault; empty without one.
        paper: where the signed original lies; empty without one.
        revoked: from this day on it permits nothing.
    """

    id: str
    kind: str
    signed: dt.date
    until: dt.date | None = None
    rights: tuple[str, ...] = ()
    controllers: tuple[str, ...] = ()
    data: str = ""
    signed_by: str = "member"
    document: str = ""
    paper: str = ""
    revoked: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person who takes part. Every field but ``member`` is personal data and stays in the vault.

    Attributes:
        member: opaque id, ``M`` and 8 Crockford base-32 characters.
        country: ISO 3166-1 alpha-2.
        language: BCP 47 code.
        acts: one of :data:`WAYS`; empty where the campaign's way holds.
        mandates: all permissions that were signed, the revoked ones too, in the order of signing.
        consent_version: version of the consent text that was agreed to; empty without consent to pooling.
        consent_scope: the scopes of :data:`SCOPES` that were agreed to.
        consent_date: the day of agreeing; None without consent, or where an earlier version kept no day.
        identifiers: controller id → what that controller knows the member by.
        reason: of an objection under Art. 21(1), in the member's own words; empty without one.
    """

    member: str
    given_name: str
    family_name: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    email: str = ""
    birthdate: dt.date | None = None
    phone: str = ""
    language: str = ""
    acts: str = ""
    mandates: tuple[Mandate, ...] = ()
    consent_version: str = ""
    consent_scope: tuple[str, ...] = ()
    guardian: str = ""
    note: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    consent_date: dt.date | None = None

    @property
    def name(self) -> str:
        """Given and family name as a letter prints them."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def mandate_date(self) -> dt.date | None:
        """When the permission to act was signed that holds; None without one."""
        return self._signed("act")

    @property
    def receive_date(self) -> dt.date | None:
        """When the authority to receive was signed that holds; None without one."""
        return self._signed("receive")

    def _signed(self, kind: str) -> dt.date | None:
        standing = [mandate.signed for mandate in self.mandates if mandate.kind == kind and not mandate.revoked]
        return max(standing, default=None)

    @property
    def address(self) -> tuple[str, ...]:
        """Street and town as lines, without empty ones and without the country."""
        town = f"{self.postal_code} {self.city}".strip()
        return tuple(line for line in (self.street, town) if line)


@dataclass(frozen=True, slots=True)
class Detail:
    """A field of a rule's letters that is the same for all members, such as where portability takes the data.

    Attributes:
        line: where it stands in campaign.yaml.
    """

    field: str
    value: object
    line: int


@dataclass(frozen=True, slots=True)
class RequestRule:
    """Which rights are used towards which controllers.

    Attributes:
        rights: in the order in which they are used.
        controllers: ids; empty where ``categories`` choose them.
        categories: every controller with one of them is meant.
        countries: narrows ``categories`` to controllers that serve one of these.
        letter: the letter's slug; empty for the right's own.
        modules: optional parts of the letter that are switched on.
        details: what the campaign itself fills into the letters.
        arms: the ways between which the lot decides; none where nothing is drawn.
        line: where the rule stands in campaign.yaml.
    """

    rights: tuple[Right, ...]
    controllers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    letter: str = ""
    modules: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    arms: tuple[Arm, ...] = ()
    line: int = 0

    def letters(self, right: Right) -> tuple[str, ...]:
        """The slugs of the letters with which a right may be used: the rule's own, and those of its arms."""
        own = self.letter or right.value
        return tuple(dict.fromkeys((own, *(arm.letter for arm in self.arms if arm.letter))))


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who runs the campaign, as letters and pages name them.

    Attributes:
        officer: the data protection officer with an address, where there is one.
        authority: id of the supervisory authority that is competent for the organiser.
        kind: of organisation, a key of ``reuse.KINDS``; empty where campaign.yaml does not say.
    """

    name: str
    email: str
    address: tuple[str, ...] = ()
    phone: str = ""
    web: str = ""
    officer: str = ""
    authority: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Followups:
    """When a campaign speaks again.

    Attributes:
        remind_after: days after the earliest date before a reminder is due.
        complain_after: days after the reminder before a complaint is proposed.
        ask_members: whether members are asked before anyone is reminded.
    """

    remind_after: int = 1
    complain_after: int = 21
    ask_members: bool = True


@dataclass(frozen=True, slots=True)
class Consent:
    """The consent to pooling that members were asked for: its version, its text and its scopes."""

    version: str = ""
    text: str = ""
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Research:
    """What a research copy must guard.

    Attributes:
        known: ids of the variables that somebody may know of a member otherwise (quasi-identifiers); empty: all that
            members gave themselves, and all dates.
        k: at least so many rows look alike in what is known; 0: the campaign's threshold.
    """

    known: tuple[str, ...] = ()
    k: int = 0


@dataclass(frozen=True, slots=True)
class Campaign:
    """What campaign.yaml says.

    Attributes:
        ways: the ways to act that the campaign offers, preferred first; one of :data:`WAYS` each.
        language: a BCP 47 code, ``controller`` (what the controller reads) or ``member``.
        channels: preferred first.
        account: name of the mail account in the person's own configuration; empty for none.
        attach_pdf: whether a mail carries its letter as PDF too, as it would stand on paper.
        pace: how fast letters leave where rightskit itself sends them.
        threshold: the smallest group of members that may be published (never under 3).
        licence: of what is published as data.
        contact: whom to ask about it; None for the organiser.
        questionnaire: what members are asked; their answers join the pool.
        population: margins of the people whom the campaign speaks of; they stand beside those of the members.
        trial: how arms are drawn and compared; None where no rule has any.
        prompt_days: a demand for identity later than this after receipt is not prompt (our reading of
            "without undue delay", Art. 12(2) and (6)).
        retention_days: from the end of the campaign until all of its data is deleted.
        raw_days: from the checked reading of a returned document until it and its message are deleted.
        partners: who decides with the organiser on purposes and means (Art. 26 GDPR), each with an address.
        processors: who processes data for the campaign (Art. 28 GDPR), each with what it does.
    """

    slug: str
    title: str
    organiser: Organiser
    requests: tuple[RequestRule, ...]
    ways: tuple[str, ...] = ("own-name",)
    language: str = "controller"
    channels: tuple[str, ...] = ("email", "post")
    account: str = ""
    attach_pdf: bool = False
    pace: Pace = DEFAULT
    followups: Followups = field(default_factory=Followups)
    consent: Consent = field(default_factory=Consent)
    recipes: tuple[str, ...] = ()
    threshold: int = 10
    research: Research = field(default_factory=Research)
    licence: Licence = CC_BY
    contact: Contact | None = None
    tables: Tables = field(default_factory=Tables)
    retention_days: int = 365
    raw_days: int = 90
    partners: tuple[str, ...] = ()
    processors: tuple[str, ...] = ()
    questionnaire: tuple[Question, ...] = ()
    population: tuple[Population, ...] = ()
    trial: Trial | None = None
    prompt_days: int = 14


@dataclass(frozen=True, slots=True)
class Request:
    """One right of one member towards one controller.

    Attributes:
        reference: ``RK-XXXX-XXXX``.
        member: the member's id.
        controller: the controller's id.
        letter: the letter's slug.
        language: of the letter.
        channel: ``email`` or ``post``.
        way: one of :data:`WAYS`.
        modules: optional parts of the letter.
        planned: the day of planning.
    """

    reference: str
    member: str
    controller: str
    right: Right
    letter: str
    language: str
    channel: str
    way: str
    planned: dt.date
    modules: tuple[str, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether the member signs and sends: such letters go into kits, and leave on no other way."""
        return self.way == "self"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A member × controller × right that gets no request.

    Attributes:
        code: ``no-mandate``, ``missing-field``, ``no-channel``, ``unverified``, ``no-letter``.
        reason: the sentence for a person, without personal data.
    """

    member: str
    controller: str
    right: Right
    code: str
    reason: str
