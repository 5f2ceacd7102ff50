"""What a controller needs to find a person, and what of that a member has given."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightskit.campaign.model import Member
    from rightskit.registry.model import Controller

PERSONAL = ("name", "address", "birthdate", "email", "phone")
"""What is known of a member anyway; any other field is an identifier that only one controller knows."""


def missing_fields(member: Member, controller: Controller) -> list[str]:
    """What this controller needs to find the person and the member has not given."""
    own = identifiers(member, controller)
    needed = [need.field for need in controller.identify_by if not need.optional]
    return [field for field in needed if not (_personal(member, field) if field in PERSONAL else own.get(field))]


def own_fields(controller: Controller) -> list[str]:
    """The identifiers that only this controller knows and asks for, those that it must have first."""
    needs = sorted(controller.identify_by, key=lambda need: need.optional)
    return [need.field for need in needs if need.field not in PERSONAL]


def identifiers(member: Member, controller: Controller) -> Mapping[str, str]:
    """Field -> value of what this controller knows the member by.

    Under the controller's id stands the first field that it asks for; under ``controller:field`` any other one.
    """
    fields, known = own_fields(controller), member.identifiers
    found = {field: known.get(f"{controller.id}:{field}", "") for field in fields}
    if fields and not found[fields[0]]:
        found[fields[0]] = known.get(controller.id, "")
    return {field: value for field, value in found.items() if value}


def not_asked(controller: Controller, key: str) -> str:
    """Why an identifier must not be collected for this controller; empty where it asks for it (Art. 5(1)(c) GDPR)."""
    fields, field = own_fields(controller), key.partition(":")[2]
    if not fields:
        return f"{controller.id} needs no identifier of its own"
    if field and field not in fields:
        return f"{controller.id} needs no {field}; it asks for: {', '.join(fields)}"
    return ""


def _personal(member: Member, field: str) -> object:
    given: dict[str, object] = {
        "name": member.name,
        "address": member.street and member.city,
        "birthdate": member.birthdate,
        "email": member.email,
        "phone": member.phone,
    }
    return given[field]
