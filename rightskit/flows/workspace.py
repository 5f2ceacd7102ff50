"""What a command works on: a campaign's folder, its registry, its letters and its open vault."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from rightskit import accounts, paths
from rightskit.campaign import config
from rightskit.errors import NotFoundError, RefusedError
from rightskit.registry import layers
from rightskit.registry import load as registry_load
from rightskit.registry.encode import decode
from rightskit.registry.model import Controller

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from rightskit.accounts import MailAccount
    from rightskit.campaign.model import Campaign
    from rightskit.registry.model import Registry
    from rightskit.rendering.library import Library
    from rightskit.vault.store import Vault


@dataclass(frozen=True)  # without slots: the account is read once, when it is first asked for
class Workspace:
    """A campaign, open.

    Attributes:
        folder: of campaign.yaml.
        today: the day of the command.
        now: its instant, aware, in UTC.
        lost: ids of controllers that the registry no longer has; their last known records stand in for them.
    """

    folder: Path
    campaign: Campaign
    registry: Registry
    vault: Vault
    today: dt.date
    now: dt.datetime
    lost: tuple[str, ...] = ()

    def controller(self, identifier: str) -> Controller:
        """A controller of the registry, by its present or a former id.

        Raises:
            NotFoundError: the registry has lost it since the request was planned.
        """
        return registry_load.get(self.registry, identifier)

    def demand_past(self, day: dt.date, hint: str = "") -> None:
        """Refuse to note for a day that lies ahead what cannot have happened yet.

        Raises:
            RefusedError: it does.
        """
        if day > self.today:
            raise RefusedError(f"{day} lies ahead of {self.today}.", hint)

    @cached_property
    def account(self) -> MailAccount:
        """The mail account that the campaign names, else the organiser's plain address."""
        if self.campaign.account:
            return accounts.account(self.campaign.account)
        return accounts.MailAccount(self.campaign.organiser.email)


def registry_for(folder: Path | None) -> Registry:
    """The campaign's own controllers over the shipped ones over what was imported; read where they are needed."""
    return layers.known(folder / "controllers.yaml" if folder else None).registry


def library_for(folder: Path | None) -> Library:
    """The shipped letters, with the campaign's own over them."""
    from rightskit.rendering.library import Library  # noqa: PLC0415 (heavy: jinja2 only where letters are read)

    own = folder / "letters" if folder else None
    return Library([*([own] if own and own.exists() else []), paths.shipped("letters")])


def open_workspace(folder: Path, passphrase: Callable[[], str], now: dt.datetime, today: dt.date) -> Workspace:
    """Open a campaign with its vault.

    Raises:
        NotFoundError: the campaign has no vault yet.
        FaultsError: campaign.yaml or the registry has faults.
    """
    from rightskit.vault import store  # noqa: PLC0415 (heavy: sqlalchemy only where a vault is opened)

    registry = registry_for(folder)
    campaign = config.load(folder, registry)
    if not (folder / store.FILE_NAME).exists():
        raise NotFoundError(f"{folder} has no vault yet.", "Import members first: rightskit members import FILE.csv")
    vault = store.open_(folder, passphrase())
    lost = _lost(vault, registry)
    return Workspace(folder, campaign, registry_load.beneath(registry, lost), vault, today, now, tuple(sorted(lost)))


def _lost(vault: Vault, registry: Registry) -> dict[str, Controller]:
    """The last known records of controllers that the registry has lost; nobody vouches for them any more."""
    from rightskit.vault import addressees  # noqa: PLC0415 (likewise)

    with vault.read() as connection:
        kept = addressees.kept(connection)
    gone = [name for name in kept if registry_load.resolve(registry, name) not in registry.controllers]
    return {name: replace(decode(Controller, kept[name]), quality="unverified") for name in gone}


def open_or_create(folder: Path, passphrase: Callable[[], str], now: dt.datetime, today: dt.date) -> Workspace:
    """Open a campaign; its vault is made where there is none."""
    from rightskit.vault import store  # noqa: PLC0415 (likewise)

    if (folder / store.FILE_NAME).exists():
        return open_workspace(folder, passphrase, now, today)
    registry = registry_for(folder)
    campaign = config.load(folder, registry)
    return Workspace(folder, campaign, registry, store.create(folder, passphrase()), today, now)
