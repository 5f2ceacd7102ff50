"""campaign.yaml -> Campaign, with every fault at its line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.campaign import pace, population, questionnaire, reuse, tables, trial
from rightskit.campaign.member_cells import is_mail_address
from rightskit.campaign.model import (
    SCOPES,
    WAYS,
    Campaign,
    Consent,
    Detail,
    Followups,
    Organiser,
    RequestRule,
    Research,
)
from rightskit.errors import FaultsError, NotFoundError
from rightskit.rights import Right

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rightskit.registry.model import Registry
    from rightskit.yamlfile import Section

FILE_NAME = "campaign.yaml"
SMALLEST_THRESHOLD = 3
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EACH_MEMBERS = frozenset(
    {"birthdate", "identifiers", "reason", "corrections", "evidence", "representative", "mandate_enclosed"}
    | {"mandate_original", "answer_to", "receive_date", "receive_enclosed"}
)
"""Fields that differ from member to member: an objection needs the member's own situation (Art. 21(1) GDPR)."""


def find(start: Path) -> Path:
    """The nearest folder with a campaign.yaml, from ``start`` upwards.

    Raises:
        NotFoundError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise NotFoundError(
        f"There is no {FILE_NAME} in {start} or above it.",
        "Change into a campaign's folder, name it with -C DIR, or make one: rightskit campaign new openschufa",
    )


def load(folder: Path, registry: Registry | None = None) -> Campaign:
    """Read a campaign; with a registry, its controllers are checked too.

    Raises:
        FaultsError: with every fault of the file.
    """
    top = yamlfile.read(folder / FILE_NAME)
    campaign = _campaign(top)
    if registry is not None:
        _check_controllers(top, campaign, registry)
        campaign = replace(campaign, requests=tuple(_present(rule, registry) for rule in campaign.requests))
    if top.faults:
        raise FaultsError(top.faults)
    return campaign


def _campaign(top: Section) -> Campaign:
    channels = top.choices("channels", trial.CHANNELS) or trial.CHANNELS
    rules = tuple(_rule(section, channels) for section in top.sections("requests"))
    trial.check_names((section, rule.arms) for section, rule in zip(top.sections("requests"), rules, strict=True))
    if "organiser" not in top:
        top.fault("organiser", "organiser is missing", "add `organiser:` and below it `name: …` and `email: …`")
    organiser, asked = _organiser(top.section("organiser")), questionnaire.read(top)
    campaign = Campaign(
        slug=_slug(top),
        title=top.text("title", required=True),
        organiser=organiser,
        ways=top.choices("ways", WAYS) or ("own-name",),
        requests=rules,
        language=top.text("language", "controller"),
        channels=channels,
        account=top.text("account"),
        attach_pdf=top.flag("attach_pdf"),
        pace=pace.read(top),
        followups=_followups(top.section("followups")),
        consent=_consent(top.section("consent")),
        recipes=top.texts("recipes"),
        threshold=top.integer("threshold", 10, least=SMALLEST_THRESHOLD),
        research=_research(top.section("research")),
        licence=reuse.licence(top),
        contact=reuse.contact(top, organiser),
        tables=tables.read(top),
        retention_days=top.integer("retention", 365, least=1),
        raw_days=top.integer("keep_raw", 90, least=1),
        partners=top.texts("partners"),
        processors=top.texts("processors"),
        questionnaire=asked,
        population=population.read(top, asked),
        prompt_days=top.integer("prompt_days", 14, least=1),
        trial=trial.read(top, arms=any(rule.arms for rule in rules)),
    )
    if not campaign.requests:
        top.fault("requests", "requests is empty", "add `- rights: [access]` with `controllers: [...]`")
    top.refuse_unknown()
    return campaign


def _slug(top: Section) -> str:
    """The short name; files are named by it."""
    found = top.text("slug", required=True)
    if found and not _SLUG.fullmatch(found):
        top.fault("slug", f"slug is {found!r}", "write lower-case letters, digits and dashes")
    return found


def _organiser(section: Section) -> Organiser:
    organiser = Organiser(
        name=section.text("name", required=True),
        email=section.text("email", required=True),
        address=section.texts("address"),
        phone=section.text("phone"),
        web=section.text("web"),
        officer=section.text("officer"),
        authority=section.text("authority"),
        kind=section.choice("kind", ("", *reuse.KINDS), ""),
    )
    if organiser.email and not is_mail_address(organiser.email):
        section.fault("email", f"email is {organiser.email!r}", "write name@example.org, without blanks")
    section.refuse_unknown()
    return organiser


def _rule(section: Section, channels: Sequence[str]) -> RequestRule:
    rights = section.choices("rights", tuple(Right))
    if not section.texts("rights"):
        section.fault("rights", "rights is missing", "add a line `rights: [access]`")
    rule = RequestRule(
        rights=tuple(Right(right) for right in rights),
        controllers=section.texts("controllers"),
        categories=section.texts("categories"),
        countries=section.texts("countries"),
        letter=section.text("letter"),
        modules=section.texts("modules"),
        details=_details(section.section("details")),
        arms=trial.read_arms(section, channels),
        line=section.line,
    )
    if not (rule.controllers or rule.categories):
        section.fault("controllers", "no controllers are named", "add `controllers: [...]` or `categories: [...]`")
    section.refuse_unknown()
    return rule


def _details(section: Section) -> tuple[Detail, ...]:
    for name in section.keys():  # noqa: SIM118 (a Section is no dict)
        if name in EACH_MEMBERS:
            section.fault(name, f"{name} is each member's own", "take it out: it is filled in for each letter")
    return tuple(Detail(name, section.plain(name), section.line_of(name)) for name in section.keys())  # noqa: SIM118


def _followups(section: Section) -> Followups:
    default = Followups()
    followups = Followups(
        remind_after=section.integer("remind_after", default.remind_after, least=1),
        complain_after=section.integer("complain_after", default.complain_after, least=1),
        ask_members=section.flag("ask_members", default=default.ask_members),
    )
    section.refuse_unknown()
    return followups


def _consent(section: Section) -> Consent:
    consent = Consent(
        version=section.text("version"), text=section.text("text"), scopes=section.choices("scopes", SCOPES)
    )
    if (consent.text or consent.scopes) and not consent.version:
        section.fault("version", "version is missing", 'add a line `version: "1"`; a changed text needs another one')
    section.refuse_unknown()
    return consent


def _research(section: Section) -> Research:
    k = section.integer("k", 0, least=SMALLEST_THRESHOLD)
    research = Research(known=section.texts("known"), k=k)
    section.refuse_unknown()
    return research


def _present(rule: RequestRule, registry: Registry) -> RequestRule:
    """The rule with the ids that its controllers have now."""
    return replace(rule, controllers=tuple(registry.redirects.get(name, name) for name in rule.controllers))


def _categories(registry: Registry) -> set[str]:
    """All that there are; to know them takes the reading of every controller."""
    return {category for controller in registry.controllers.values() for category in controller.categories}


def _check_controllers(top: Section, campaign: Campaign, registry: Registry) -> None:
    authority = campaign.organiser.authority
    if authority and authority not in registry.authorities:
        hint = yamlfile.did_you_mean(authority, registry.authorities)
        top.section("organiser").fault("authority", f"there is no authority {authority!r}", hint)
    categories = _categories(registry) if any(rule.categories for rule in campaign.requests) else set()
    for section, rule in zip(top.sections("requests"), campaign.requests, strict=True):
        for name in rule.controllers:
            if registry.redirects.get(name, name) not in registry.controllers:
                suggestion = yamlfile.did_you_mean(name, registry.controllers) if registry.controllers else ""
                if not suggestion.startswith("did"):
                    suggestion = "look it up with: rightskit controllers search TEXT"
                section.fault("controllers", f"there is no controller {name!r}", suggestion)
        for category in rule.categories:
            if category not in categories:
                section.fault(
                    "categories",
                    f"no controller has the category {category!r}",
                    yamlfile.did_you_mean(category, categories),
                )
