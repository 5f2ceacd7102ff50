"""Whether two entries may be the same person: a question to a person, never an answer."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rightskit.campaign.model import Member

_GIVEN = (
    *("given_name", "family_name", "street", "postal_code", "city", "country", "email", "birthdate", "phone"),
    *("language", "acts", "guardian"),
)


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody who may be the same person.

    Attributes:
        member: the other entry.
        where: the id of a member in the vault, or the line of a file.
        same: what both have in common.
    """

    member: Member
    where: str
    same: str


class Register:
    """Who is known so far.

    A shared address or mail alone is never a duplicate: couples and families share them. The same name with the same
    date of birth may be the same person, and so may the same name with the same address and mail.
    """

    def __init__(self, known: Iterable[Member] = ()) -> None:
        self._seen: dict[tuple[str, ...], Twin] = {}
        for member in known:
            self.add(member, f"{member.member} in the vault")

    def add(self, member: Member, where: str) -> None:
        """Know one more."""
        for key, same in _keys(member).items():
            self._seen.setdefault(key, Twin(member, where, same))

    def twin(self, member: Member) -> Twin | None:
        """Somebody known who may be this person."""
        return next((self._seen[key] for key in _keys(member) if key in self._seen), None)


def says_nothing_new(member: Member, known: Member) -> bool:
    """Whether an entry tells of a person only what is known: a form tool exports its old rows again and again."""
    return all(not getattr(member, name) or getattr(member, name) == getattr(known, name) for name in _GIVEN)


def fold(text: str) -> str:
    """A name or an address as it is compared: letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if character.isalnum())


def _keys(member: Member) -> dict[tuple[str, ...], str]:
    name = fold(member.name)
    keys: dict[tuple[str, ...], str] = {("id", member.member): "id"}
    if member.birthdate:
        keys["birth", name, member.birthdate.isoformat()] = "name and date of birth"
    elif member.street or member.email:
        keys["address", name, fold(" ".join(member.address)), member.email.casefold()] = "name, address and mail"
    return keys


def same_people(members: Iterable[Member]) -> Iterator[tuple[str, str]]:
    """Ids, each with the name and date of birth under which one person may have entered twice."""
    for member in members:
        if member.birthdate:
            yield member.member, f"{fold(member.name)} {member.birthdate.isoformat()}"
