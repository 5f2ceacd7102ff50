"""One member, as the report counts them: how they came, and whether they are still there. No name, no day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CONSENTS = ("given", "withdrawn", "refused", "none")
"""What is known of a member's consent to statistics."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person; entries of the same person are one row.

    Attributes:
        member: an id of theirs, to count distinct members; it reaches no page.
        signed: they have said that the campaign may use their rights with them: by a mandate, or, where they act
            themselves, by joining.
        complete: they have given all that their letters need, and have not left.
        mandate: a mandate to act for them holds.
        left: they withdrew the mandate, or have died.
        invited: a mail asked them to take part.
        consent: one of :data:`CONSENTS`; empty where the campaign asks for none.
        delivered: at least one of their requests brought data, all or a part.
        silent: they were asked something, and were not heard of for two weeks.
        forgotten: nothing is kept of them but this row, without their id.
        age: on the day of joining, one of :data:`rightskit.campaign.ages.BANDS`; empty where it is not known.
    """

    member: str
    signed: bool = False
    complete: bool = False
    mandate: bool = False
    left: bool = False
    invited: bool = False
    consent: str = ""
    delivered: bool = False
    silent: bool = False
    forgotten: bool = False
    age: str = ""


def merged(rows: Iterable[MemberRow], member: str) -> MemberRow:
    """One row for the entries of one person: what holds of one of them holds of them, but to leave is to leave all."""
    found = list(rows)
    consents = {row.consent for row in found}
    return MemberRow(
        member=member,
        signed=any(row.signed for row in found),
        complete=any(row.complete for row in found),
        mandate=any(row.mandate for row in found),
        left=all(row.left for row in found),
        invited=any(row.invited for row in found),
        consent=next((one for one in CONSENTS if one in consents), ""),
        delivered=any(row.delivered for row in found),
        silent=all(row.silent for row in found),
        age=next((row.age for row in found if row.age), ""),
    )
