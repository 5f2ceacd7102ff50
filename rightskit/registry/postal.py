"""German postal codes → Land.

Deutsche Post cut its delivery districts without regard to the Länder, so a few codes serve both sides of a border.
The table gives each code the Land of its main place; the codes in :data:`SHARED` are known to reach across.
"""

from __future__ import annotations

from bisect import bisect_right

# Each line: first code → ISO 3166-2 part of the Land, valid until the next line. Public facts, compiled by hand.
_STARTS = """
01000 SN 01940 BB 02600 SN 03000 BB 04000 SN 04581 TH 04640 SN 04890 BB 06000 ST 06551 TH 06600 ST 07300 TH
07919 SN 07920 TH 07952 SN 07953 TH 07985 SN 07986 TH 08000 SN 10000 BE 12529 BB 12530 BE 14400 BB 17000 MV
17260 BB 17300 MV 17326 BB 17327 MV 17337 BB 17338 MV 19271 NI 19274 MV 19307 BB 19358 MV 20000 HH 21150 NI
21450 SH 21522 NI 21524 SH 21600 NI 22000 HH 22800 SH 23920 MV 24000 SH 26000 NI 27498 SH 27499 HH 27500 HB
27600 NI 28000 HB 28780 NI 29400 ST 29430 NI 32000 NW 34000 HE 34330 NI 34356 HE 34400 NW 34441 HE 36401 TH
36470 HE 37000 NI 37200 HE 37300 TH 37400 NI 37650 NW 37689 NI 37692 NW 37697 NI 38480 ST 38500 NI 38800 ST
40000 NW 48442 NI 48466 NW 48478 NI 48482 NW 48486 NI 48489 NW 48497 NI 48540 NW 49000 NI 49460 NW 49550 NI
50000 NW 51598 RP 51600 NW 53400 RP 53580 NW 53614 RP 53620 NW 54000 RP 55240 HE 55253 RP 57000 NW 57500 RP
58000 NW 60000 HE 63700 BY 63940 HE 65558 RP 65583 HE 65621 RP 65627 HE 65629 RP 65630 HE 66000 SL 66460 RP
66511 SL 66840 RP 68000 BW 68500 HE 68520 BW 68600 HE 68700 BW 69235 HE 69240 BW 69430 HE 69435 BW 69479 HE
69489 BW 69503 HE 69510 BW 69515 HE 69519 BW 76710 RP 76892 BW 80000 BY 88000 BW 88100 BY 88147 BW 88148 BY
88180 BW 89200 BY 89500 BW 90000 BY 96500 TH 96530 BY 97860 BW 97888 BY 97893 BW 97900 BY 97910 BW 98500 TH
"""
_WORDS = _STARTS.split()
_FIRST = _WORDS[0::2]
_LANDS = _WORDS[1::2]

_REACH_ACROSS = """
07919 14715 17309 19273 21039 22113 22145 23923 37194 51598 59969 63928 64754 65326 65391 69412 74594
"""
SHARED = frozenset(_REACH_ACROSS.split())
"""Codes of places at a Land's border, where a street may lie in the neighbouring Land."""


def land_of(postal_code: str) -> str:
    """The Land of a German postal code, as the part of ISO 3166-2 after the dash; empty for no such code."""
    code = postal_code.strip().removeprefix("D-").removeprefix("DE-")
    if len(code) != 5 or not code.isascii() or not code.isdigit() or code < _FIRST[0]:  # noqa: PLR2004 (length)
        return ""
    return _LANDS[bisect_right(_FIRST, code) - 1]


def is_shared(postal_code: str) -> bool:
    """Whether the code is known to reach into a neighbouring Land."""
    return postal_code.strip()[-5:] in SHARED
