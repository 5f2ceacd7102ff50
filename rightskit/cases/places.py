"""Where a controller must act: countries with rules, and the regions whose holidays may apply."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rightskit.errors import WrongUsageError

EEA = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS"),
    *("IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
)
COUNTRIES = tuple(sorted((*EEA, "CH", "GB")))
_ALIASES = {"UK": "GB", "EL": "GR"}

# Subdivisions with public holidays of their own, where the law makes them (municipal feasts: overrides.py). The empty
# one stands for the rest of the country. France's overseas parts have country codes of their own: named, never guessed.
_REGIONS: dict[str, tuple[str, ...]] = {
    "CH": tuple(
        "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH".split()  # noqa: SIM905 (shorter)
    ),
    "DE": tuple("BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split()),  # noqa: SIM905 (shorter)
    "ES": tuple("AN AR AS CB CE CL CM CN CT EX GA IB MC MD ML NC PV RI VC".split()),  # noqa: SIM905 (shorter)
    "FI": ("", "01"),
    "FR": ("", "57"),
    "GB": ("ENG", "NIR", "SCT", "WLS"),
    "IT": ("", "BZ"),
    "PT": ("", "20", "30"),
}
# ISO 3166-2 codes whose holidays are those of another code, or of several.
_STANDS_FOR: dict[tuple[str, str], tuple[str, ...]] = {
    ("FR", "67"): ("6AE",),
    ("FR", "68"): ("6AE",),
    ("FR", "GES"): ("", "57"),
    ("GB", "EAW"): ("ENG", "WLS"),
    ("IT", "32"): ("", "BZ"),
    ("IT", "TN"): ("",),
}
_CITIES = {"Augsburg", "Barcelona", "Stadt Zurich", "Zone A", "Zone B", "Zone C"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the controller must act.

    Attributes:
        country: ISO 3166-1 alpha-2; ``UK`` and ``EL`` are understood.
        subdivision: the part of ISO 3166-2 after the dash, such as ``HE`` (``DE-HE`` is understood); empty where it
            is not known.
    """

    country: str
    subdivision: str = ""


@lru_cache(maxsize=1024)
def checked(place: Place) -> Place:
    """The place in its normal form.

    Raises:
        WrongUsageError: no rules are known for the country, or the country's holidays differ by region and the
            subdivision is none of those known.
    """
    country = place.country.strip().upper()
    country = _ALIASES.get(country, country)
    if country not in COUNTRIES:
        raise WrongUsageError(
            f"no rules are known for the country {place.country!r}", f"known are: {', '.join(COUNTRIES)}"
        )
    subdivision = place.subdivision.strip().upper().removeprefix(f"{country}-")
    if not _is_known(country, subdivision):
        raise WrongUsageError(
            f"{subdivision!r} is no subdivision of {country} that is known here",
            f"leave it out for a range over all regions, or take one of: {', '.join(_known(country))}",
        )
    return Place(country, subdivision)


def settled(place: Place) -> tuple[Place, tuple[str, ...]]:
    """The nearest place with rules, and flags that say what was not known; never raises.

    A controller outside Europe answers under the GDPR too (Art. 3(2)): its month runs, weekends roll, and the flag
    says that no public holidays were looked at. An unknown subdivision is treated as no subdivision.
    """
    for candidate in (place, Place(place.country)):
        try:
            return checked(candidate), ()
        except WrongUsageError:
            continue
    return Place(""), ("no-holiday-table",)


def regions(place: Place) -> tuple[str, ...]:
    """The subdivisions, as the holiday package names them, whose holidays may apply at a checked place."""
    if not place.subdivision:
        return _REGIONS.get(place.country, ("",))
    if place.country not in _REGIONS:
        return ("",)
    if meant := _STANDS_FOR.get((place.country, place.subdivision)):
        return meant
    return (place.subdivision if place.subdivision in _known(place.country) else "",)


def _is_known(country: str, subdivision: str) -> bool:
    if not subdivision or country not in _REGIONS or (country, subdivision) in _STANDS_FOR:
        return True
    # Departments and regions of metropolitan France have the country's holidays, but for Alsace and Moselle.
    if country == "FR" and re.fullmatch(r"\d\d|2[AB]|[A-Z]{3}", subdivision):
        return True
    return subdivision in _known(country)


@lru_cache(maxsize=64)
def _known(country: str) -> tuple[str, ...]:
    from holidays import country_holidays  # noqa: PLC0415 (heavy: only where used)

    return tuple(name for name in country_holidays(country).subdivisions if name not in _CITIES)
