"""Mail accounts in the person's own configuration, never in a campaign.

``accounts.yaml`` in the configuration folder holds one entry per account::

    accounts:
      campaign:
        address: campaign@example.org
        plus: true            # the server delivers campaign+anything@ to the same mailbox
        authserv_id: mx.example.org
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.errors import FaultsError, NotFoundError
from rightskit.paths import config_dir

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Where a campaign's mail comes from and goes to.

    Attributes:
        address: the plain mail address.
        plus: whether ``local+tag@domain`` reaches the same mailbox (RFC 5233 subaddressing).
        authserv_id: the name under which the account's own server writes Authentication-Results (RFC 8601);
            empty: no such header is trusted.
    """

    address: str
    plus: bool = False
    authserv_id: str = ""

    def tagged(self, tag: str) -> str:
        """The address at which an answer carries the tag, if the account allows it."""
        local, _, domain = self.address.partition("@")
        return f"{local}+{tag.lower()}@{domain}" if self.plus else self.address


def accounts_file() -> Path:
    """Where the accounts stand."""
    return config_dir() / "accounts.yaml"


def account(name: str, path: Path | None = None) -> MailAccount:
    """The account of that name.

    Raises:
        NotFoundError: there is no such file, or no such account in it.
        FaultsError: the file has faults.
    """
    source = path or accounts_file()
    if not source.exists():
        raise NotFoundError(
            f"The campaign names the mail account {name!r}, but there is no {source}.",
            f"Write into it:\naccounts:\n  {name}:\n    address: you@example.org",
        )
    top = yamlfile.read(source)
    entries = top.section("accounts")
    top.refuse_unknown()
    if name not in entries:
        raise NotFoundError(
            f"{source} has no account {name!r}.",
            yamlfile.did_you_mean(name, entries.keys()) if entries.keys() else "",
        )
    entry = entries.section(name)
    found = MailAccount(
        address=entry.text("address", required=True),
        plus=entry.flag("plus"),
        authserv_id=entry.text("authserv_id"),
    )
    entry.refuse_unknown()
    if top.faults:
        raise FaultsError(top.faults)
    return found
