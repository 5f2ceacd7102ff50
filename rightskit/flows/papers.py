"""``campaign papers``: drafts of what a campaign itself owes, filled from campaign.yaml.

A campaign processes personal data, and has the duties of a controller: information (Art. 13 GDPR), a record (Art. 30),
an impact assessment (Art. 35), arrangements (Art. 26, 28), proof of consent (Art. 7(1)) and a breach log (Art. 33(5)).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.campaign import config
from rightskit.cases.places import EEA
from rightskit.delivery import folder as folders
from rightskit.errors import NotFoundError
from rightskit.flows import forms
from rightskit.flows.plan import meant
from rightskit.flows.workspace import library_for, registry_for
from rightskit.registry.countries import COUNTRIES
from rightskit.rendering.letter import render
from rightskit.rendering.model import LetterOrder, Party
from rightskit.rendering.page import page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.model import Campaign
    from rightskit.flows.workspace import Workspace
    from rightskit.registry.model import Controller, Registry
    from rightskit.rendering.model import Letter

LANGUAGES = ("de", "fr", "en")
HOURS = dt.timedelta(hours=72)
"""Until when a breach is notified, from the moment it is known (Art. 33(1) GDPR)."""
NOTICE = "paper-notice"
"""What members are told of the processing (Art. 13 GDPR); beside their data, by Art. 15(1) and (2)."""
_STANDING = (NOTICE, "paper-record", "paper-impact", "paper-roles")
_KNOWN_TO_ALL = ("name", "address", "email")


def write(
    folder: Path, target: Path, languages: Sequence[str], today: dt.date, known: dt.datetime | None
) -> list[Path]:
    """Write the drafts as pages, and give their files.

    Args:
        folder: of the campaign.
        target: where the drafts go; it is made.
        languages: some of :data:`LANGUAGES`.
        today: stands on the drafts.
        known: when a breach became known, in local time; then its sheet alone is written.

    Raises:
        FaultsError: campaign.yaml has faults.
        NotFoundError: the papers do not exist in that language.
    """
    registry = registry_for(folder)
    campaign = config.load(folder, registry)
    names = ["paper-breach"] if known else [*_STANDING, "paper-breach", *_consent(campaign)]
    stem = f"{known:%Y-%m-%d-%H%M}-" if known else ""
    made = [
        (target / f"{stem}{name.removeprefix('paper-')}.{language}.html", letter)
        for language in languages
        for name, letter in _letters(folder, campaign, registry, language, today, known, names)
    ]
    target.mkdir(parents=True, exist_ok=True)
    for path, letter in made:
        folders.write(path, as_page(letter).encode(), mode=folders.FOR_ALL)
    return [path for path, _ in made]


def about(workspace: Workspace, language: str, controllers: Sequence[str]) -> str:
    """What a member learns beside their data (Art. 15(1) and (2) GDPR), as a page.

    Args:
        workspace: the campaign.
        language: one of :data:`LANGUAGES`.
        controllers: names of those to whom the member's data went, for they are owed by name (CJEU C-154/21);
            none: those to whom it may go.
    """
    campaign = workspace.campaign
    fields = _fields(campaign, workspace.registry, language, None)
    if controllers:
        fields["controllers"] = controllers
    wanted = replace(order(campaign, NOTICE, language, workspace.today, fields), modules=("about-you",))
    return as_page(render(wanted, library_for(workspace.folder)))


def notice_language(language: str) -> str:
    """The language in which a member reads the notice: their own where there is one."""
    spoken = language.partition("-")[0]
    return spoken if spoken in LANGUAGES else "en"


def as_page(letter: Letter) -> str:
    """A paper as a page that stands alone and prints on A4."""
    return page("paper.html", letter.order.language, {"title": letter.subject, "body": letter.body})


def order(campaign: Campaign, name: str, language: str, today: dt.date, fields: Mapping[str, object]) -> LetterOrder:
    """What a paper is rendered from: the organiser is its author."""
    organiser = campaign.organiser
    author = Party(organiser.name, organiser.address, organiser.email)
    return LetterOrder(name, language, today, author, author, fields={"campaign": campaign.title, **fields})


def _consent(campaign: Campaign) -> list[str]:
    return ["paper-consent"] if campaign.consent.text else []


def _letters(  # noqa: PLR0913, PLR0917 (what a paper is filled from)
    folder: Path,
    campaign: Campaign,
    registry: Registry,
    language: str,
    today: dt.date,
    known: dt.datetime | None,
    names: Sequence[str],
) -> list[tuple[str, Letter]]:
    library = library_for(folder)
    if language not in library.languages()[NOTICE]:
        raise NotFoundError(f"There are no papers in {language!r}.", f"There are: {', '.join(LANGUAGES)}")
    fields = _fields(campaign, registry, language, known)
    return [(name, render(order(campaign, name, language, today, fields), library)) for name in names]


def _fields(campaign: Campaign, registry: Registry, language: str, known: dt.datetime | None) -> dict[str, object]:
    controllers = [one for rule in campaign.requests for one in meant(registry, rule)]
    authority = registry.authorities.get(campaign.organiser.authority)
    consent = campaign.consent
    rights = dict.fromkeys(right for rule in campaign.requests for right in rule.rights)
    return {
        "request_titles": [texts.text(language, f"right_short.{right}") for right in rights],
        "controllers": list(dict.fromkeys(one.name for one in controllers)),
        "needed": _needed(controllers, language),
        "country_abroad": sorted({COUNTRIES[one.country].names[0] for one in controllers if one.country not in EEA}),
        "ways": campaign.ways,
        "retention_days": str(campaign.retention_days),
        "raw_days": str(campaign.raw_days),
        "threshold": str(campaign.threshold),
        "scopes": [texts.text(language, f"scope.{scope}") for scope in consent.scopes],
        "consent_version": consent.version,
        "consent_text": forms.flowing(consent.text),
        "fingerprint": hashlib.sha256(consent.text.encode()).hexdigest(),
        "partners": campaign.partners,
        "processors": campaign.processors,
        "officer": campaign.organiser.officer,
        "authority_name": authority.name if authority else "",
        **({"known_at": _moment(language, known), "notify_by": _moment(language, known + HOURS)} if known else {}),
    }


def _needed(controllers: Sequence[Controller], language: str) -> list[str]:
    """The labels of what the controllers need beyond name and address."""
    needs = (need.field for one in controllers for need in one.identify_by if not need.optional)
    wanted = dict.fromkeys(field for field in needs if field not in _KNOWN_TO_ALL)
    return [texts.text(language, f"identifier.{field}") for field in wanted]


def _moment(language: str, instant: dt.datetime) -> str:
    return f"{texts.longdate(language, instant.date())}, {instant:%H:%M}"
