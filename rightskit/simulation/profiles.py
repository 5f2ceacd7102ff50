"""The characters of the invented controllers.

They answer under the names and domains that the letters went to, because that is what filing must cope with. How they
behave is invented: nothing here says how a real company treats requests.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Profile:
    """How one controller answers.

    Attributes:
        name: under which it signs.
        address: on one line, for its paper.
        voice: which of the wordings its desks prefer.
        tilt: fate → factor on the usual weight.
        receipt: share of requests that get an automatic receipt.
        acknowledges: share of requests that a person acknowledges.
        slow: days that it takes longer than usual.
        document: ``pdf`` or ``zip``: how it sends data.
        english: share of its answers in English.
        disclaimer: share of its mails that end with one.
        tickets: share of its answers that come from a ticket address and carry no reference.
    """

    name: str
    address: str = "Postfach 10 00 00, 10115 Berlin"
    voice: int = 0
    tilt: Mapping[str, float] = field(default_factory=dict)
    receipt: float = 0.35
    acknowledges: float = 0.25
    slow: int = 0
    document: str = "zip"
    english: float = 0.0
    disclaimer: float = 0.4
    tickets: float = 0.06


_INFOSCORE = Profile(
    name="infoscore Consumer Data GmbH",
    voice=2,
    tilt={"extension": 3, "extension-bare": 3, "no-data": 1.5},
    slow=6,
    disclaimer=0.8,
)
_HIS = Profile(name="Besurance HIS GmbH", voice=3, tilt={"no-data": 4, "data": 0.3}, receipt=0.6, tickets=0.1)
# A word of a mail address or an id → who answers there; the first that fits counts (infoscore's mail goes to Experian).
_PROFILES = {
    "schufa": Profile(
        name="SCHUFA Holding AG",
        address="Kormoranweg 5, 65201 Wiesbaden",
        tilt={"no-data": 0.1, "by-post": 2.5, "silence": 0.6, "wrong-channel": 1.5},
        receipt=0.9,
        document="pdf",
    ),
    "crif": Profile(
        name="CRIF GmbH",
        voice=1,
        tilt={"identity": 2.5, "identity-late": 2, "link": 3, "data": 0.8},
        slow=3,
        acknowledges=0.4,
    ),
    "icd-": _INFOSCORE,
    "infoscore": _INFOSCORE,
    "experian": Profile(name="Experian GmbH", voice=3, tilt={"no-data": 1.6, "refusal": 1.5}, english=0.3, slow=4),
    "regis24": Profile(name="Regis24 GmbH", voice=2, tilt={"silence": 1.6, "no-data": 1.6}, receipt=0.1, tickets=0.15),
    "besurance": _HIS,
    "informa-his": _HIS,
    "creditreform": Profile(
        name="Verband der Vereine Creditreform e.V.", voice=1, tilt={"data": 1.4}, acknowledges=0.5, disclaimer=0.8
    ),
}


def profile_of(place: str) -> Profile:
    """The character behind a mail address or a controller's id; an unknown one gets its own by its letters."""
    place = place.lower()
    known = next((profile for word, profile in _PROFILES.items() if word in place), None)
    number = zlib.crc32(place.encode())
    return known or Profile(name=place.rpartition("@")[2], voice=number % 4, slow=number % 7)
