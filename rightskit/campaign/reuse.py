"""How others may use what a campaign publishes: under which licence, and whom they ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rightskit.campaign.model import Organiser
    from rightskit.yamlfile import Section


@dataclass(frozen=True, slots=True)
class Licence:
    """An open licence.

    Attributes:
        id: as SPDX has it.
        title: its name.
        url: its text.
        portal: its address in the EU's table of licences, which open-data portals know.
        kind: what it demands, as the ADMS table of licence types says it.
    """

    id: str
    title: str
    url: str
    portal: str
    kind: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about the data: an office, for its name and address are published."""

    name: str
    email: str


_PORTAL = "http://publications.europa.eu/resource/authority/licence"
CC_BY = Licence(
    "CC-BY-4.0",
    "Creative Commons Attribution 4.0 International",
    "https://creativecommons.org/licenses/by/4.0/",
    f"{_PORTAL}/CC_BY_4_0",
    "Attribution",
)
LICENCES = {
    one.id: one
    for one in (
        CC_BY,
        Licence(
            "CC-BY-SA-4.0",
            "Creative Commons Attribution-ShareAlike 4.0 International",
            "https://creativecommons.org/licenses/by-sa/4.0/",
            f"{_PORTAL}/CC_BYSA_4_0",
            "ViralEffect-ShareAlike",
        ),
        Licence(
            "CC0-1.0",
            "Creative Commons Zero 1.0 Universal",
            "https://creativecommons.org/publicdomain/zero/1.0/",
            f"{_PORTAL}/CC0",
            "PublicDomain",
        ),
        Licence(
            "ODbL-1.0",
            "Open Data Commons Open Database License 1.0",
            "https://opendatacommons.org/licenses/odbl/1-0/",
            f"{_PORTAL}/ODC_BL",
            "ViralEffect-ShareAlike",
        ),
    )
}
"""SPDX id → licence; all of them are open (Open Definition 2.1)."""

KINDS = {
    "academic": ("Academia-ScientificOrganisation", "Academia/Scientific organisation"),
    "company": ("Company", "Company"),
    "local-authority": ("LocalAuthority", "Local Authority"),
    "national-authority": ("NationalAuthority", "National authority"),
    "non-governmental": ("NonGovernmentalOrganisation", "Non-Governmental Organisation"),
    "non-profit": ("NonProfitOrganisation", "Non-Profit Organisation"),
    "regional-authority": ("RegionalAuthority", "Regional authority"),
}
"""What ``organiser: kind:`` of campaign.yaml may say → code and name in the ADMS table of publisher types."""

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def licence(top: Section) -> Licence:
    """What ``licence:`` of campaign.yaml names; CC BY 4.0 where it is absent."""
    return LICENCES[top.choice("licence", LICENCES, CC_BY.id)]


def contact(top: Section, organiser: Organiser) -> Contact:
    """What ``contact:`` of campaign.yaml says; the organiser where it is absent."""
    section = top.section("contact")
    found = Contact(section.text("name", organiser.name), section.text("email", organiser.email))
    section.refuse_unknown()
    if "email" in section and not _MAIL.fullmatch(found.email):
        section.fault("email", f"{found.email!r} is no mail address", "write one such as data@example.org")
    return found
