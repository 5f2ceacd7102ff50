"""A campaign of invented people, as two people at a laptop would have it: its folder, its members, its accounts."""

from __future__ import annotations

import csv
import os
import shutil
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import measure
from rightskit.campaign.members_csv import COLUMNS
from rightskit.simulation import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Used

SEED = 15
PASSPHRASE = "six invented words for a benchmark"  # noqa: S105 (of invented people)
OWN = "campaign@offene-auskunft.example.org"
STARTED, ANSWERED = "2026-03-02", "2026-07-01"
"""The days on which letters leave, and on which their answers are read."""
_NEEDED = ("street", "postal_code", "email", "birthdate", "mandate_date", "receive_date")
_CAMPAIGN = """\
slug: measured
title: Measured
organiser: {{name: Initiative Offene Auskunft, email: {own}, address: [Postfach 12 34, 10115 Berlin]}}
ways: [own-name]
requests:
  - rights: [{right}]
    controllers: [{controllers}]
language: de
channels: [{channel}]
account: campaign
pace: {{per_minute: 100000000}}
consent: {{version: "1", scopes: [statistics, research], text: Ja.}}
recipes: [de-credit-score-sheet, de-credit-bureau-export]
"""
_CONTROLLER = """\
  - id: bureau-{number:02}
    name: Auskunftei {number:02} GmbH
    country: DE
    categories: [credit-bureau]
    address: [Beispielweg {number}, 20459 Hamburg]
    email: datenschutz@bureau{number:02}.example
    domains: [bureau{number:02}.example]
    languages: [de]
    identify_by: [{{field: name}}, {{field: address}}, {{field: birthdate}}]
    channels: [email, post]
    checked: 2026-01-05
    quality: verified
"""
_ACCOUNTS = """\
accounts:
  campaign:
    address: {own}
    plus: true
    smtp: {{host: localhost, port: {smtp}, security: none-on-loopback}}
    imap: {{host: localhost, port: {imap}, user: erika}}
    ca_file: {authority}
    password_command: cat {secret}
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a campaign is: members times controllers."""

    members: int
    controllers: int

    @property
    def requests(self) -> int:
        """Letters, and answers."""
        return self.members * self.controllers

    def __str__(self) -> str:
        return f"{self.members:,} × {self.controllers}"


@dataclass(frozen=True, slots=True)
class World:
    """A campaign on the disk, with a home of its own.

    Attributes:
        base: holds campaign, home and members.csv.
        day: on which commands run.
    """

    base: Path
    day: str = STARTED

    @property
    def campaign(self) -> Path:
        """The campaign's folder."""
        return self.base / "campaign"

    @property
    def members(self) -> Path:
        """The list of members."""
        return self.base / "members.csv"

    @property
    def outbox(self) -> Path:
        """Where letters to mail lie."""
        return self.campaign / "outbox"

    def later(self) -> World:
        """The same on the day on which answers are read."""
        return replace(self, day=ANSWERED)

    def copy(self, name: str) -> World:
        """The same once more, beside it."""
        return replace(self, base=Path(shutil.copytree(self.base, self.base.with_name(f"{self.base.name}-{name}"))))

    def remove(self) -> None:
        """Give the disk its space back."""
        shutil.rmtree(self.base)

    def words(self, *words: str | Path) -> list[str]:
        """The command line of a command."""
        return [*measure.RIGHTSKIT, "-C", str(self.campaign), *map(str, words)]

    def environment(self) -> dict[str, str]:
        """For its processes; one thread for each, as ``rightskit`` on a laptop of two cores would best have it."""
        return {
            "RIGHTSKIT_HOME": str(self.base / "home"),
            "RIGHTSKIT_PASSPHRASE": PASSPHRASE,
            "RIGHTSKIT_TODAY": self.day,
        }

    def run(self, *words: str | Path, kill_after: float | None = None) -> Used:
        """Run a command of rightskit."""
        return measure.run(self.words(*words), self.environment(), kill_after=kill_after)


def found(base: Path, size: Size, *, right: str = "access", channel: str = "email") -> World:
    """A new campaign, and the list of those who want to take part; nothing is imported yet."""
    world = World(base)
    world.campaign.mkdir(parents=True)
    named = [f"bureau-{number:02}" for number in range(1, size.controllers + 1)]
    text = _CAMPAIGN.format(own=OWN, right=right, controllers=", ".join(named), channel=channel)
    (world.campaign / "campaign.yaml").write_text(text, encoding="utf-8")
    records = "".join(_CONTROLLER.format(number=number) for number in range(1, size.controllers + 1))
    (world.campaign / "controllers.yaml").write_text(f"controllers:\n{records}", encoding="utf-8")
    with world.members.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(islice(_complete(size.members), size.members))
    account(world)
    return world


def account(world: World, smtp: int = 1, imap: int = 1, authority: Path | str = "none", password: str = "") -> None:
    """Give a campaign its mail account."""
    config = world.base / "home" / "config"
    config.mkdir(parents=True, exist_ok=True)
    secret = config / "secret"
    secret.write_text(password, encoding="utf-8")
    filled = _ACCOUNTS.format(own=OWN, smtp=smtp, imap=imap, authority=authority, secret=secret)
    text = filled if password else "\n".join(line for line in filled.splitlines() if line.split(":")[0] not in _OF_IMAP)
    (config / "accounts.yaml").write_text(text, encoding="utf-8")
    os.chmod(config / "accounts.yaml", 0o600)  # noqa: PTH101


_OF_IMAP = {"    imap", "    ca_file", "    password_command"}


def _complete(wanted: int) -> Iterator[dict[str, str]]:
    """Invented members who lack nothing, so that each gets each letter."""
    drawn = people.members(2 * wanted + 200, SEED)
    return (row for row in drawn if all(row[name] for name in _NEEDED))
