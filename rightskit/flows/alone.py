"""That what is shown of one member shows no other, and of a member without a name not even this one."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from rightskit.campaign import reference as references
from rightskit.cases.sender import domain_of, is_under
from rightskit.files import pdftext
from rightskit.files.problems import FileProblemError
from rightskit.flows.lookup import domains
from rightskit.vault import members, membership
from rightskit.vault.traces import MARK, Traces, traces

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rightskit.campaign.model import Member
    from rightskit.flows.lookup import Lookup
    from rightskit.vault.store import Connection

_SHORTEST = 5
"""Characters of a street or a number that is looked for; a shorter one would be found in any text."""
_SALUTATION = r"(?:Frau|Herrn?|Madame|Monsieur|Mme|M\.|Mrs?\.?|Ms\.?|Dr\.?)\s+(?:Dr\.\s+)?"
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\b[^\W\d_]{0,20}\d(?:[\d ./:-]*\d)?[\w-]*")
_KEPT = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}|2016/679|\d\d:\d\d")
_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Alone:
    """Knows all members of a campaign, and looks for the others in what concerns one.

    Attributes:
        lookup: finds names, references and mail addresses.
        selves: member id -> as they are, then as they were.
        phrases: what else tells of somebody, in lower case with single spaces -> of whom.
    """

    lookup: Lookup
    selves: Mapping[str, Sequence[Member]]
    phrases: Mapping[str, Collection[str]]

    @classmethod
    def read(cls, lookup: Lookup, connection: Connection) -> Alone:
        """Read what is known now."""
        selves = membership.selves(connection, members.unsigned(connection))
        phrases: dict[str, set[str]] = defaultdict(set)
        for name, people in selves.items():
            for one in people:
                for phrase in (one.street, one.phone, *one.identifiers.values()):
                    if len(phrase) >= _SHORTEST:
                        phrases[_flat(phrase)].add(name)
        return cls(lookup, selves, phrases)

    def shows_another(self, text: str, member: str) -> bool:
        """Whether a text names another member, or tells of one otherwise."""
        return bool(self.lookup.others_in(text, member) or self._others(text, member).phrases)

    def without_others(self, text: str, member: str) -> str:
        """A text in which what tells of other members is blackened."""
        found = self._others(text, member)
        return found.taken_from(text) if found.phrases else text

    def nameless(self, text: str, member: str) -> str:
        """A text in which all that could tell of its member is blackened: what is known, and whatever has the form.

        References go, web addresses, mail addresses but those of controllers, and words and numbers with five digits
        and more, whoever's they are; dates stay.
        """
        bare = self.own(member).taken_from(references.without(text, MARK))
        bare = _MAIL.sub(self._of_controller, _WEB.sub(MARK, bare))
        return _NUMBER.sub(_blackened, bare)

    def _of_controller(self, address: re.Match[str]) -> str:
        domain = domain_of(address[0].lower())
        own = (one for controller in self.lookup.controllers.values() for one in domains(controller))
        return address[0] if any(is_under(domain, one) for one in own) else MARK

    def tells(self, text: str, member: str) -> bool:
        """Whether a text tells who its member is."""
        return bool(references.find(text)) or self.own(member).found_in(text)

    def own(self, member: str) -> Traces:
        """What a member can be recognised by."""
        theirs = [name for name, request in self.lookup.requests.items() if request.member == member]
        return reduce(or_, (traces(one, theirs) for one in self.selves[member]))

    def _others(self, text: str, member: str) -> Traces:
        flat = _flat(text)
        found = {phrase for phrase, whose in self.phrases.items() if member not in whose and phrase in flat}
        called = {one.family_name for one in self.selves[member]}
        for other in self.lookup.people_called(text):
            for name in {one.family_name for one in self.selves[other]} - called:
                found |= {hit[0] for hit in re.finditer(_SALUTATION + re.escape(name) + r"\b", text, re.IGNORECASE)}
        return Traces(frozenset(found), frozenset())


def words_on(pdf: bytes) -> str | None:
    """The text of a PDF; None where a page has none, so that nobody can look for a person on it."""
    try:
        pages = pdftext.pages(pdf)
    except FileProblemError:
        return None
    return "\n".join(pages) if all(map(str.strip, pages)) else None


def _flat(text: str) -> str:
    return " ".join(text.lower().split())


def _blackened(number: re.Match[str]) -> str:
    kept = _KEPT.sub("", number[0])
    return number[0] if sum(map(str.isdigit, kept)) <= _MOST_DIGITS else MARK
