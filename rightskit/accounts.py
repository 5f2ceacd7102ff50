"""Mail accounts in the person's own configuration, never in a campaign.

``accounts.yaml`` in the configuration folder holds one entry per account::

    accounts:
      campaign:
        address: campaign@example.org
        plus: true                      # the server delivers campaign+anything@ to the same mailbox
        authserv_id: mx.example.org     # its name in the Authentication-Results that it writes
        smtp: {host: smtp.example.org, user: campaign}
        imap: {host: imap.example.org, user: campaign}
        folders: [INBOX, Junk, Archiv/2026]     # without it: the inbox and the folder of unwanted mail
        sent: Sent                      # where copies lie; without it, the folder that the server marks as such
        keeps_copies: false             # true where the server itself files a copy of what it sends
        limits: {per_minute: 20, per_day: 400}
        password_command: pass show campaign    # or token_command (XOAUTH2), or keyring: true
        ca_file: own-authority.pem      # for a server of one's own
"""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import credentials, yamlfile
from rightskit.credentials import Secret
from rightskit.errors import FaultsError, NotFoundError, RefusedError, WrongUsageError
from rightskit.paths import config_dir

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.yamlfile import Section

_IMAP_PORTS = {"tls": 993, "starttls": 143, "none-on-loopback": 143}
_SMTP_PORTS = {"tls": 465, "starttls": 587, "none-on-loopback": 25}
SECURITIES = tuple(_IMAP_PORTS)


@dataclass(frozen=True, slots=True)
class _Server:
    """One end of an account.

    Attributes:
        host: name of the server, as its certificate must state it.
        port: of the host.
        user: login name.
        security: one of :data:`SECURITIES`; ``none-on-loopback`` is refused for any host but this machine.
        ca_file: path of the authority that signs its certificate; empty: those that the system trusts.
    """

    host: str
    port: int
    user: str
    security: str = "tls"
    ca_file: str = ""

    def tls(self) -> ssl.SSLContext:
        """How to speak TLS with it: the certificate and the host name in it are checked.

        Raises:
            WrongUsageError: ``ca_file`` cannot be read.
        """
        try:
            return ssl.create_default_context(cafile=self.ca_file or None)
        except OSError as error:
            raise WrongUsageError(f"The ca_file {self.ca_file} cannot be read as a certificate.") from error

    def refuse_open_secret(self) -> None:
        """Make sure that no password travels in the open.

        Raises:
            RefusedError: without TLS, to another machine.
        """
        if self.security == "none-on-loopback" and not _is_loopback(self.host):
            raise RefusedError(
                f"Without TLS the password would travel to {self.host} in the open.", "Use tls or starttls."
            )


@dataclass(frozen=True, slots=True)
class ImapServer(_Server):
    """Where an account's mail is read; port 993 for ``tls`` and 143 for ``starttls``, as a rule."""


@dataclass(frozen=True, slots=True)
class SmtpServer(_Server):
    """Where an account's mail leaves; port 465 for ``tls`` and 587 for ``starttls``, as a rule."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the provider allows; 0 stands for no limit.

    Attributes:
        per_minute: messages.
        per_day: messages in any 24 hours.
    """

    per_minute: int = 0
    per_day: int = 0


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Where a campaign's mail comes from and goes to.

    Attributes:
        address: the plain mail address.
        plus: whether ``local+tag@domain`` reaches the same mailbox (RFC 5233 subaddressing).
        authserv_id: the name under which the account's own server writes Authentication-Results (RFC 8601);
            empty: no such header is trusted.
        imap: where its mail is read; None: messages come from files alone.
        smtp: where its mail leaves; None: letters go to folders alone.
        folders: that are read; empty: the inbox, and where the server puts unwanted mail.
        sent: folder of the copies; empty: the one that the server marks (RFC 6154).
        keeps_copies: whether the server files a copy of what it sends.
        limits: of the provider.
        password_command: prints the password of both servers.
        token_command: prints an access token (OAuth 2.0) instead.
        keyring: whether the password lies in the system's keyring.
        name: in accounts.yaml.
    """

    address: str
    plus: bool = False
    authserv_id: str = ""
    imap: ImapServer | None = None
    smtp: SmtpServer | None = None
    folders: tuple[str, ...] = ()
    sent: str = ""
    keeps_copies: bool = False
    limits: Limits = Limits()
    password_command: str = ""
    token_command: str = ""
    keyring: bool = False
    name: str = ""

    def tagged(self, tag: str) -> str:
        """The address at which an answer carries the tag, if the account allows it."""
        local, _, domain = self.address.partition("@")
        return f"{local}+{tag.lower()}@{domain}" if self.plus else self.address

    def secret(self) -> Secret:
        """The password or the token, fetched anew: a token lives for an hour.

        Raises:
            WrongUsageError: the command failed, or the keyring holds nothing for this account.
        """
        if self.token_command:
            return Secret(credentials.secret_from(self.token_command), is_token=True)
        if self.keyring:
            return Secret(credentials.from_keyring(self.name))
        return Secret(credentials.secret_from(self.password_command) if self.password_command else "")


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
            f"There is no mail account {name!r}: there is no {source}.",
            f"Make it: rightskit accounts add {name} --address you@example.org",
        )
    known = all_accounts(source)
    if name not in known:
        raise NotFoundError(f"{source} has no account {name!r}.", yamlfile.did_you_mean(name, known) if known else "")
    return known[name]


def all_accounts(path: Path | None = None) -> dict[str, MailAccount]:
    """Every account by its name, in the order of the file; none where there is no file.

    Raises:
        FaultsError: the file has faults.
    """
    source = path or accounts_file()
    if not source.exists():
        return {}
    top = yamlfile.read(source)
    entries = top.section("accounts")
    top.refuse_unknown()
    found = {name: _account(name, entries.section(name), source.parent) for name in entries.keys()}  # noqa: SIM118
    if top.faults:
        raise FaultsError(top.faults)
    return found


def _account(name: str, entry: Section, folder: Path) -> MailAccount:
    ca_file, imap, smtp = entry.text("ca_file"), entry.section("imap"), entry.section("smtp")
    authority = str(folder / ca_file) if ca_file else ""
    address = entry.text("address", required=True)
    found = MailAccount(
        address=address,
        plus=entry.flag("plus"),
        authserv_id=entry.text("authserv_id"),
        imap=ImapServer(*_server(imap, _IMAP_PORTS, address, authority)) if "imap" in entry else None,
        smtp=SmtpServer(*_server(smtp, _SMTP_PORTS, address, authority)) if "smtp" in entry else None,
        folders=entry.texts("folders"),
        sent=entry.text("sent"),
        keeps_copies=entry.flag("keeps_copies"),
        limits=_limits(entry.section("limits")),
        password_command=entry.text("password_command"),
        token_command=entry.text("token_command"),
        keyring=entry.flag("keyring"),
        name=name,
    )
    ways = [key for key in ("password_command", "token_command", "keyring") if getattr(found, key)]
    if len(ways) > 1:
        entry.fault(ways[1], f"{ways[0]} and {ways[1]} both stand here", "keep one of them")
    entry.refuse_unknown()
    return found


def _server(section: Section, ports: dict[str, int], address: str, ca_file: str) -> tuple[str, int, str, str, str]:
    security = section.choice("security", SECURITIES, "tls")
    server = (
        section.text("host", required=True),
        section.integer("port", ports[security], least=1),
        section.text("user", address),
        security,
        ca_file,
    )
    section.refuse_unknown()
    return server


def _limits(section: Section) -> Limits:
    limits = Limits(section.integer("per_minute", 0, least=1), section.integer("per_day", 0, least=1))
    section.refuse_unknown()
    return limits


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
