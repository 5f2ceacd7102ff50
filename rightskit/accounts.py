"""Mail accounts in the person's own configuration, never in a campaign.

``accounts.yaml`` in the configuration folder holds one entry per account::

    accounts:
      campaign:
        address: campaign@example.org
        plus: true                      # the server delivers campaign+anything@ to the same mailbox
        authserv_id: mx.example.org     # its name in the Authentication-Results that it writes
        imap: {host: imap.example.org, user: campaign}
        folders: [INBOX, Junk]
        password_command: pass show campaign
"""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.errors import FaultsError, NotFoundError, WrongUsageError
from rightskit.paths import config_dir

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.yamlfile import Section

_PORTS = {"tls": 993, "starttls": 143, "none-on-loopback": 143}
SECURITIES = tuple(_PORTS)


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where an account's mail is read.

    Attributes:
        host: name of the server, as its certificate must state it.
        port: 993 for ``tls`` and 143 for ``starttls``, as a rule.
        user: login name.
        security: one of :data:`SECURITIES`; ``none-on-loopback`` is refused for any host but this machine.
    """

    host: str
    port: int
    user: str
    security: str = "tls"


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Where a campaign's mail comes from and goes to.

    Attributes:
        address: the plain mail address.
        plus: whether ``local+tag@domain`` reaches the same mailbox (RFC 5233 subaddressing).
        authserv_id: the name under which the account's own server writes Authentication-Results (RFC 8601);
            empty: no such header is trusted.
        imap: where its mail is read; None: messages come from files alone.
        folders: that are read.
        password_command: prints the password of ``imap``.
        name: in accounts.yaml.
    """

    address: str
    plus: bool = False
    authserv_id: str = ""
    imap: ImapServer | None = None
    folders: tuple[str, ...] = ("INBOX",)
    password_command: str = ""
    name: str = ""

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
        imap=_imap(entry.section("imap")) if "imap" in entry else None,
        folders=entry.texts("folders") or ("INBOX",),
        password_command=entry.text("password_command"),
        name=name,
    )
    entry.refuse_unknown()
    if top.faults:
        raise FaultsError(top.faults)
    return found


def _imap(section: Section) -> ImapServer:
    security = section.choice("security", SECURITIES, "tls")
    server = ImapServer(
        host=section.text("host", required=True),
        port=section.integer("port", _PORTS[security], least=1),
        user=section.text("user", required=True),
        security=security,
    )
    section.refuse_unknown()
    return server


def secret_from(command: str) -> str:
    """The first line that a person's own command prints, such as ``pass show campaign``.

    Raises:
        WrongUsageError: there is no such command, or it failed.
    """
    try:
        # Split as a shell would, run without one.
        ran = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise WrongUsageError(f"The command for the secret failed: {type(error).__name__}.", command) from error
    return ran.stdout.split("\n", 1)[0]
