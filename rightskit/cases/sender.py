"""Whether a message comes from the controller, or an authority: a reference alone proves nothing about its sender."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from rightskit.mailbox.model import Reply
    from rightskit.registry.model import Authority

# Anyone can have an address there: such a domain says nothing about who writes.
FREEMAIL = frozenset(
    (
        *("aol.com", "bluewin.ch", "free.fr", "freenet.de", "gmail.com", "gmx.at"),
        *("gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com"),
        *("hotmail.fr", "icloud.com", "laposte.net", "libero.it", "live.com", "mail.com"),
        *("mail.de", "me.com", "msn.com", "orange.fr", "outlook.com", "outlook.de"),
        *("posteo.de", "proton.me", "protonmail.com", "sfr.fr", "t-online.de", "wanadoo.fr"),
        *("web.de", "yahoo.com", "yahoo.de", "yahoo.fr"),
    )
)


def is_proven(reply: Reply, domains: Iterable[str], addresses: Collection[str] = ()) -> bool:
    """Whether the sender belongs to a controller.

    The sender's domain must be one of the controller's or lie under it, label by label. Where the account's own server
    recorded which domains it found authentic, one of them must belong to the controller too; a message without such
    a record is taken at its word.

    Args:
        reply: the message.
        domains: that the controller's replies come from. One that anyone can write from counts for nothing.
        addresses: the controller's own mail addresses, or those that a person accepted before.
    """
    sender = domain_of(reply.sender)
    own = [domain for name in domains if "." in (domain := normalised(name)) and domain not in FREEMAIL]
    known = {address.strip().lower() for address in addresses}
    if not any(is_under(sender, domain) for domain in own) and reply.sender not in known:
        return False
    if not reply.authenticated:
        return True
    trusted = [*own, *([sender] if reply.sender in known else [])]
    return any(is_under(normalised(name), domain) for name in reply.authenticated for domain in trusted)


def authority_of(sender: str, authorities: Mapping[str, Authority]) -> str:
    """The id of the supervisory authority that an address belongs to; empty where it is none's.

    By the address itself, by its domain, or by that of the authority's own website; a website that is a part of
    another's proves nothing.
    """
    for name, one in authorities.items():
        if one.email and one.email.lower() == sender:
            return name
    domain = domain_of(sender)
    under = (name for name, one in authorities.items() if any(is_under(domain, own) for own in _domains(one)))
    return next(under, "") if domain and domain not in FREEMAIL else ""


def desk(authority: str) -> str:
    """Under what the file numbers of an authority are kept, beside the tickets of controllers."""
    return f"authority:{authority}"


def _domains(authority: Authority) -> list[str]:
    site = urlsplit(authority.web)
    own = normalised((site.hostname or "").removeprefix("www.")) if site.path in {"", "/"} else ""
    return [domain for domain in (domain_of(authority.email), own) if domain and domain not in FREEMAIL]


def domain_of(address: str) -> str:
    """The domain of a mail address, normalised; empty where there is none."""
    return normalised(address.rpartition("@")[2]) if "@" in address else ""


def is_under(name: str, domain: str) -> bool:
    """Whether a domain is another one or lies under it."""
    return bool(domain) and (name == domain or name.endswith(f".{domain}"))


def normalised(domain: str) -> str:
    """Lower case, in its ASCII form where it has one, without the root's dot."""
    plain = domain.strip().rstrip(".").lower()
    if plain.isascii():
        return plain
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain
