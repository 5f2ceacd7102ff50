"""``accounts``: make one, try both of its ends, list them; they stand in the person's own configuration."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import accounts, credentials, providers, yamlfile
from rightskit.delivery import folder as folders
from rightskit.delivery.answers import Answer
from rightskit.delivery.smtp import Line
from rightskit.errors import FaultsError, RefusedError, RightskitError, WrongUsageError
from rightskit.mailbox import sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rightskit.accounts import ImapServer, MailAccount, SmtpServer
    from rightskit.providers import Provider


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a new account; empty where the provider's own setting holds.

    Attributes:
        smtp: ``host`` or ``host:port``; port 587 means STARTTLS.
        imap: likewise; port 143 means STARTTLS.
        user: login name, where it is not the address.
        way: ``password_command``, ``token_command`` or ``keyring``.
        command: that prints the password or the token.
    """

    name: str
    address: str
    smtp: str = ""
    imap: str = ""
    user: str = ""
    way: str = ""
    command: str = ""


def add(wanted: Wanted, password: Callable[[], str]) -> tuple[Path, str]:
    """Write a new account into accounts.yaml; gives the file, and what the provider wants first.

    Args:
        wanted: the account.
        password: asked for where it goes into the keyring.

    Raises:
        RefusedError: there is an account of that name, or the file is written so that nothing can be added.
        WrongUsageError: the provider is unknown and no server was named.
    """
    path = accounts.accounts_file()
    if wanted.name in accounts.all_accounts(path):
        raise RefusedError(f"There is an account {wanted.name!r} already.", f"Change it in {path}.")
    provider = providers.of_address(wanted.address)
    block = yamlfile.dump({wanted.name: _entry(wanted, provider)})
    text = path.read_text(encoding="utf-8") if path.exists() else "accounts:\n"
    whole = text.rstrip("\n") + "\n" + "".join(f"  {line}\n" for line in block.splitlines())
    _demand(wanted.name, whole, path, block)
    if wanted.way == "keyring":
        credentials.keep_in_keyring(wanted.name, password())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folders.write(path, whole.encode())
    return path, provider.hint if provider else ""


def _entry(wanted: Wanted, provider: Provider | None) -> dict[str, object]:
    if not (provider or (wanted.smtp and wanted.imap)):
        raise WrongUsageError(
            f"The servers of {wanted.address.rpartition('@')[2]} are not known here.",
            "Give --smtp HOST[:PORT] and --imap HOST[:PORT], as your provider's help names them.",
        )
    known = providers.Provider("", (), "", "") if provider is None else provider
    user = wanted.user or wanted.address
    limits = {"per_minute": known.per_minute, "per_day": known.per_day}
    limits = {name: number for name, number in limits.items() if number}
    return {
        "address": wanted.address,
        **({"plus": True} if known.plus else {}),
        "smtp": _server(wanted.smtp or f"{known.smtp}:{587 if known.starttls else 465}", 465, 587, user),
        "imap": _server(wanted.imap or known.imap, 993, 143, user),
        **({"keeps_copies": True} if known.keeps_copies else {}),
        **({"limits": limits} if limits else {}),
        **({wanted.way: True if wanted.way == "keyring" else wanted.command} if wanted.way else {}),
    }


def _server(named: str, usual: int, starttls: int, user: str) -> dict[str, object]:
    host, _, port = named.partition(":")
    if port and not port.isdecimal():
        raise WrongUsageError(f"{named!r} names no port.", "Write HOST or HOST:PORT, such as smtp.example.org:587.")
    number = int(port or usual)
    security: dict[str, object] = {"security": "starttls"} if number == starttls else {}
    return {"host": host, "port": number, "user": user, **security}


def _demand(name: str, whole: str, path: Path, block: str) -> None:
    """Refuse what would not be read as it was meant."""
    try:
        top = yamlfile.parse(whole, str(path))
        fits = name in top.section("accounts") and not top.faults
    except FaultsError:
        fits = False
    if not fits:
        raise RefusedError(f"{path} is written so that nothing can be added.", f"Add this by hand:\n{block}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried.

    Attributes:
        ok: whether it holds; None for what is only worth knowing.
        text: what was found.
        hint: what to do; empty where nothing.
    """

    ok: bool | None
    text: str
    hint: str = ""


def check(account: MailAccount) -> Iterator[Finding]:
    """Try both ends of an account, and send and change nothing."""
    for end, look in (("smtp", _smtp), ("imap", _imap)):
        if getattr(account, end) is None:
            yield Finding(None, f"{end}: not set up")
            continue
        try:
            yield from look(account)
        except RightskitError as error:
            yield Finding(ok=False, text=f"{end}: {error}", hint=error.hint)
        except ConnectionError as error:
            server = getattr(account, end)
            hint = "Check host, port and security, and whether you are online."
            yield Finding(ok=False, text=f"{end}: {server.host}, port {server.port}: {error}", hint=hint)
    yield from _habits(account)


def _smtp(account: MailAccount) -> Iterator[Finding]:
    if account.smtp is None:
        return
    line = Line(account.smtp, account.address, account.secret)
    try:
        smtp = line.open()
        yield _reached("smtp", account.smtp)
        announced = line.announced()
        answer = _may_send(smtp, account.address)
        if answer.code // 100 == 2:  # noqa: PLR2004 (RFC 5321: completed)
            yield Finding(ok=True, text=f"smtp: sends as {account.address}{_size(announced)}")
        else:
            hint = "The address must be the account's own, or an alias that it may use."
            yield Finding(ok=False, text=f"smtp: does not send as {account.address}: {answer}", hint=hint)
        if "smtputf8" not in announced:
            yield Finding(
                None, "smtp: addresses with letters beyond ASCII before the @ cannot be reached (no SMTPUTF8)"
            )
    finally:
        line.close()


def _may_send(smtp: smtplib.SMTP, address: str) -> Answer:
    try:
        answer = Answer.of(*smtp.mail(address))
        smtp.rset()
    except (OSError, smtplib.SMTPException) as error:
        raise ConnectionError("the server broke off") from error
    return answer


def _reached(end: str, server: SmtpServer | ImapServer) -> Finding:
    tls = "no TLS, this machine only" if server.security == "none-on-loopback" else "certificate holds"
    return Finding(ok=True, text=f"{end}: {server.host}, port {server.port}: {tls}, login accepted")


def _size(announced: dict[str, str]) -> str:
    most = announced.get("size", "")
    return f", messages up to {int(most) / 1e6:.0f} MB" if most.isdecimal() and int(most) else ""


def _imap(account: MailAccount) -> Iterator[Finding]:
    if account.imap is None:
        return
    found = sent.survey(account)
    yield _reached("imap", account.imap)
    for name in found.missing:
        hint = "There are: " + ", ".join(found.there)
        yield Finding(ok=False, text=f"imap: there is no folder {name!r}", hint=hint)
    for name in found.reads:
        yield Finding(ok=True, text=f"imap: reads {name!r}")
    if found.junk and found.junk not in found.reads:
        hint = "Add it to `folders`: answers of controllers end up in it."
        yield Finding(None, f"imap: does not read {found.junk!r}", hint)
    if account.keeps_copies:
        return
    if found.sent:
        yield Finding(ok=True, text=f"imap: copies of what is sent go into {found.sent!r}")
    else:
        hint = "Name one as `sent:`, or say `keeps_copies: true` if the server files copies itself."
        yield Finding(ok=False, text="imap: there is no folder for copies of what is sent", hint=hint)


def _habits(account: MailAccount) -> Iterator[Finding]:
    """What is worth knowing of the account's settings."""
    provider = providers.of_address(account.address)
    per_day = account.limits.per_day
    if provider and provider.per_day and not 0 < per_day <= provider.per_day:
        hint = f"Write: limits: {{per_day: {provider.per_day}}}"
        yield Finding(None, f"limits: {provider.name} lets an account send {provider.per_day} messages a day", hint)
    elif not per_day and not account.limits.per_minute and account.smtp:
        hint = "Ask your provider how much an account may send, and write it under `limits:`."
        yield Finding(None, "limits: none are set; the campaign's own pace holds", hint)
    if not account.plus:
        hint = "If mail to name+anything@ reaches you, write `plus: true`: answers then file themselves."
        yield Finding(None, "plus: answers come to the plain address", hint)
    if not account.authserv_id and account.imap:
        hint = "Write the name that stands first in Authentication-Results of mail that you got as `authserv_id:`."
        yield Finding(None, "authserv_id: senders are known by their address alone", hint)
