"""Which authority takes a complaint (Art. 77(1) GDPR).

A person may complain in particular where they live, where they work, or where the infringement happened. Two of
these follow from what is known here: the residence, and the controller's seat. In Germany the Länder supervise the
private sector (§ 40 BDSG), the Federal Commissioner federal bodies, telecommunications and the post (§ 9 BDSG,
§ 29 TDDDG), and Bavaria has one authority for private and one for public bodies (Art. 15, 18 BayDSG).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.registry.postal import is_shared, land_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rightskit.registry.model import Authority, Controller, Registry


@dataclass(frozen=True, slots=True)
class Competence:
    """An authority that a complaint may go to, and why.

    Attributes:
        authority: where it may go.
        reason: one English sentence for the organiser; names no person.
    """

    authority: Authority
    reason: str


def competent(
    registry: Registry, *, member_country: str, member_postal_code: str, controller: Controller
) -> tuple[Competence, ...]:
    """The authorities that Art. 77 GDPR names for a member and a controller, the recommended one first.

    A public body answers to its own authority alone, so that comes first; otherwise the one at the member's home
    is recommended: it writes to the member in their language and passes the case on (Art. 56, 60). Empty where no
    known authority fits, as for a seat and a residence outside Europe.
    """
    home = _at_home(registry, member_country, member_postal_code, controller)
    seat = _at_seat(registry, controller)
    order = [*seat, *home] if _is_bound_to_seat(controller) else [*home, *seat]
    first = {found.authority.id: found for found in reversed(order)}
    return tuple(found for found in order if first[found.authority.id] is found)


def _is_bound_to_seat(controller: Controller) -> bool:
    """Public bodies (Art. 55(2)), broadcasters (Art. 85) and churches (Art. 91) have one authority for everybody."""
    return controller.sector not in {"private", "telecom"}


def _at_home(registry: Registry, country: str, postal_code: str, controller: Controller) -> Iterator[Competence]:
    if _is_bound_to_seat(controller):
        return
    land = land_of(postal_code) if country == "DE" else ""
    if country == "DE" and controller.sector == "telecom" and controller.country == "DE":
        for authority in covering(registry, "DE", "", "telecom"):
            yield Competence(authority, "supervises telecommunications and postal services in all of Germany")
        return
    for authority in covering(registry, country, land, "private"):
        yield Competence(authority, _home_reason(country, postal_code, land))


def _home_reason(country: str, postal_code: str, land: str) -> str:
    if not land:
        return f"the member lives in {country}"
    if is_shared(postal_code):
        return f"the member lives in DE-{land}, going by a postal code that reaches across the Land's border: check"
    return f"the member lives in DE-{land}, going by the postal code"


def _at_seat(registry: Registry, controller: Controller) -> Iterator[Competence]:
    place = controller.country + (f"-{controller.subdivision}" if controller.subdivision else "")
    named = registry.authorities.get(controller.authority)
    if named:
        yield Competence(named, f"it supervises {controller.name}, by the controller's record")
        return
    for authority in covering(registry, controller.country, controller.subdivision, controller.sector):
        yield Competence(authority, f"{controller.name} has its seat in {place}")


def covering(registry: Registry, country: str, subdivision: str, sector: str) -> list[Authority]:
    """The authorities of a place for a sector: the region's own where there are some, else the country's."""
    there = [a for a in registry.authorities.values() if a.country == country and sector in a.covers]
    regional = [a for a in there if a.subdivision and a.subdivision == subdivision]
    return regional or [a for a in there if not a.subdivision]
