"""When a request reached the controller: the day on which its time starts.

EDPB Guidelines 01/2022 para 159: the period starts when the controller receives the request, not when it is sent.
Where nothing proves the day, it is a range: the strict reading counts from ``first``, the one kindest to the
controller from ``last``.

A mail that the recipient's server accepted may still sit in a spam filter, so acceptance alone proves only the first
day. Still a controller that stays silent must become overdue some day, or silence would pay. So ``last`` is finite:
a few days of grace, as long as the post takes, after which a mailbox that a controller publishes for such requests
must have been read. The flag ``receipt-assumed`` stays until something better comes, so that a person sees it before
anything escalates.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rightskit.cases.calendar import roll
from rightskit.cases.model import Step
from rightskit.cases.places import Place, settled
from rightskit.cases.wording import spoken
from rightskit.errors import WrongUsageError

CHANNELS = ("email", "post", "registered", "fax", "webform", "portal")
ASSUMED = "receipt-assumed"
# When "usual business hours" end: a cautious reading. A mail before they begin counts on the same day.
_CLOSES = dt.time(17)
_BY_HAND = ("post", "registered")
_ZONES = {
    "AT": "Europe/Vienna",
    "BE": "Europe/Brussels",
    "BG": "Europe/Sofia",
    "CH": "Europe/Zurich",
    "CY": "Asia/Nicosia",
    "CZ": "Europe/Prague",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "EE": "Europe/Tallinn",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "GR": "Europe/Athens",
    "HR": "Europe/Zagreb",
    "HU": "Europe/Budapest",
    "IE": "Europe/Dublin",
    "IS": "Atlantic/Reykjavik",
    "IT": "Europe/Rome",
    "LI": "Europe/Vaduz",
    "LT": "Europe/Vilnius",
    "LU": "Europe/Luxembourg",
    "LV": "Europe/Riga",
    "MT": "Europe/Malta",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest",
    "SE": "Europe/Stockholm",
    "SI": "Europe/Ljubljana",
    "SK": "Europe/Bratislava",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day on which the controller received a request, or the days between which it did.

    Attributes:
        first: the strict reading counts from here.
        last: the reading kindest to the controller counts from here; never before ``first``.
        evidence: one of ``stated``, ``delivery``, ``reply``, ``sent``.
        flags: :data:`ASSUMED` where only the sending is known.
    """

    first: dt.date
    last: dt.date
    evidence: str = "stated"
    flags: tuple[str, ...] = ()


def receipt_from_sending(
    sent: dt.datetime | dt.date,
    channel: str,
    place: Place,
    *,
    timezone: str = "",
    days: int = 3,
) -> Receipt:
    """The receipt that follows from sending alone.

    A mail counts as received on the day it was sent (strict) or ``days`` later (kind); in Germany a business
    mail outside business hours may count from the next working day (BGH VII ZR 895/21), which widens the range. A
    letter arrives ``days`` after posting, or on the next working day after that.

    Args:
        sent: an aware datetime is taken to the controller's own day; a naive one is already local.
        channel: one of :data:`CHANNELS`.
        place: where the controller sits.
        timezone: IANA name, where the country has several.
        days: that the post takes, or after which an accepted mail counts as received in every reading.

    Raises:
        WrongUsageError: no such channel.
    """
    if channel not in CHANNELS:
        raise WrongUsageError(f"no such channel: {channel!r}", f"known are: {', '.join(CHANNELS)}")
    place, _ = settled(place)
    day, clock = _local(sent, timezone or _ZONES.get(place.country, ""))
    if channel in _BY_HAND:
        arrives = day + dt.timedelta(days=days)
        return Receipt(arrives, roll(place, arrives).last, "sent", (ASSUMED,))
    last = day + dt.timedelta(days=days)
    if place.country == "DE" and clock is not None:
        last = max(last, _business_day(place, day, clock))
    return Receipt(day, last, "sent", (ASSUMED,))


def derivation(sent: dt.datetime | dt.date, channel: str, receipt: Receipt) -> Step:
    """The step that leads from the sending to the receipt; the days that each channel takes are our reading."""
    left = spoken(sent.date() if isinstance(sent, dt.datetime) else sent)
    first, last = spoken(receipt.first), spoken(receipt.last)
    if channel in _BY_HAND:
        between = f"on {first}" if first == last else f"between {first} and {last}"
        text = f"Posted on {left}; without tracking it is taken to arrive {between}."
        return Step("sent", "EDPB Guidelines 01/2022 para 159; days in the post: a setting", receipt.first, text)
    text = f"Sent on {left}; nothing proves the receipt, so it lies between {first} and {last}."
    source = "EDPB Guidelines 01/2022 para 159; BGH, 6 October 2022, VII ZR 895/21 (mail outside business hours)"
    return Step("sent", source, receipt.first, text)


def _local(sent: dt.datetime | dt.date, timezone: str) -> tuple[dt.date, dt.time | None]:
    if not isinstance(sent, dt.datetime):
        return sent, None
    if sent.tzinfo is not None and timezone:
        sent = sent.astimezone(ZoneInfo(timezone))
    return sent.date(), sent.time()


def _business_day(place: Place, day: dt.date, clock: dt.time) -> dt.date:
    """The working day on which a business could read a mail."""
    return roll(place, day + dt.timedelta(days=1) if clock >= _CLOSES else day).last
