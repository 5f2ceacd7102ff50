"""Mail providers that many people use: where their servers are, and what they let an account send.

From their own help pages; a provider that changes something is corrected here. Limits stand only where a provider
states them.
"""

from __future__ import annotations

from dataclasses import dataclass

WITH_APP = "make an app password in the account's security settings, and keep it with --keyring or a command"
WITH_OAUTH = "needs OAuth 2.0: give a --token-command that prints an access token"
AFTER_SWITCH = "allow IMAP and SMTP for other programs in the account's settings first"


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider.

    Attributes:
        name: for a person.
        domains: of its addresses.
        smtp: host; port 465 with TLS, unless ``starttls``.
        imap: host; port 993 with TLS.
        starttls: whether mail leaves by port 587 with STARTTLS.
        plus: whether it takes plus-addresses.
        keeps_copies: whether it files a copy of what it sends.
        per_minute: messages, where it states a limit; else 0.
        per_day: likewise.
        hint: what an account needs before a program may log in; empty where nothing.
    """

    name: str
    domains: tuple[str, ...]
    smtp: str
    imap: str
    starttls: bool = False
    plus: bool = False
    keeps_copies: bool = False
    per_minute: int = 0
    per_day: int = 0
    hint: str = ""


PROVIDERS = (
    Provider(
        "Gmail",
        ("gmail.com", "googlemail.com"),
        "smtp.gmail.com",
        "imap.gmail.com",
        plus=True,
        keeps_copies=True,
        per_day=500,
        hint=WITH_APP,
    ),
    Provider(
        "Outlook.com",
        ("outlook.com", "outlook.de", "outlook.fr", "hotmail.com", "hotmail.de", "hotmail.fr", "live.com"),
        "smtp-mail.outlook.com",
        "outlook.office365.com",
        starttls=True,
        plus=True,
        keeps_copies=True,
        hint=WITH_OAUTH,
    ),
    Provider(
        "iCloud",
        ("icloud.com", "me.com", "mac.com"),
        "smtp.mail.me.com",
        "imap.mail.me.com",
        starttls=True,
        plus=True,
        hint=WITH_APP,
    ),
    Provider(
        "Yahoo", ("yahoo.com", "yahoo.de", "yahoo.fr"), "smtp.mail.yahoo.com", "imap.mail.yahoo.com", hint=WITH_APP
    ),
    Provider(
        "Fastmail",
        ("fastmail.com", "fastmail.fm"),
        "smtp.fastmail.com",
        "imap.fastmail.com",
        plus=True,
        hint=WITH_APP,
    ),
    Provider("GMX", ("gmx.de", "gmx.net", "gmx.at", "gmx.ch"), "mail.gmx.net", "imap.gmx.net", hint=AFTER_SWITCH),
    Provider("WEB.DE", ("web.de",), "smtp.web.de", "imap.web.de", starttls=True, hint=AFTER_SWITCH),
    Provider("T-Online", ("t-online.de",), "securesmtp.t-online.de", "secureimap.t-online.de", hint=WITH_APP),
    Provider("mailbox.org", ("mailbox.org",), "smtp.mailbox.org", "imap.mailbox.org", plus=True),
    Provider("Posteo", ("posteo.de", "posteo.net"), "posteo.de", "posteo.de"),
    Provider("Orange", ("orange.fr", "wanadoo.fr"), "smtp.orange.fr", "imap.orange.fr", hint=AFTER_SWITCH),
    Provider("Free", ("free.fr",), "smtp.free.fr", "imap.free.fr"),
    Provider("La Poste", ("laposte.net",), "smtp.laposte.net", "imap.laposte.net"),
    Provider("Infomaniak", ("ik.me", "etik.com"), "mail.infomaniak.com", "mail.infomaniak.com", hint=WITH_APP),
)


def of_address(address: str) -> Provider | None:
    """The provider of a mail address, by its domain; None where it is none of these."""
    domain = address.rpartition("@")[2].lower()
    return next((provider for provider in PROVIDERS if domain in provider.domains), None)
