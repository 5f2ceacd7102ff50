"""Where the holiday package and the law part: days that one reading counts as public holidays and another does not.

Regulation 1182/71 Art. 2(1) leaves it to each state to designate its public holidays. Where a state's own law on time
limits, the list in the Official Journal and custom disagree, a day is *disputed*: the strict reading works on it, the
reading kindest to the controller does not.
"""

from __future__ import annotations

from dataclasses import dataclass

VERSION = 1


@dataclass(frozen=True, slots=True)
class Disputed:
    """Days of one country that not every reading counts as public holidays.

    Attributes:
        country: ISO 3166-1 alpha-2.
        source: the law, or the list, that makes the days doubtful.
        category: category of the ``holidays`` package that holds such days; empty where they stand among the public
            ones and are taken down from there.
        names: beginnings of the days' English names in that package; empty for all of them.
        regional: whether every public holiday that a subdivision adds to the country's own is meant.
        regions: subdivisions that the rule is about; empty for all.
        but_for: subdivisions whose own holidays are beyond doubt (``regional`` only).
    """

    country: str
    source: str
    category: str = ""
    names: tuple[str, ...] = ()
    regional: bool = False
    regions: tuple[str, ...] = ()
    but_for: tuple[str, ...] = ()


DISPUTED: tuple[Disputed, ...] = (
    Disputed(
        "NL",
        "Algemene termijnenwet Art. 3(2): Good Friday is only put on a par with public holidays",
        names=("Good Friday",),
    ),
    Disputed(
        "NL",
        "Algemene termijnenwet Art. 3(1) names 5 May every year, employers keep it every fifth",
        category="optional",
        names=("Liberation Day",),
    ),
    Disputed(
        "SE",
        "lag (1930:173) 2 §: the eves of Midsummer, Christmas and New Year count as holidays for time limits, "
        "though lag (1989:253) does not name them",
        category="de_facto",
    ),
    Disputed(
        "DK",
        "forældelsesloven § 27(2): Constitution Day, 24 and 31 December extend a time limit, "
        "though they are no public holidays",
        category="optional",
        names=("Constitution Day", "Christmas Eve", "New Year's Eve"),
    ),
    Disputed(
        "LI",
        "EEA list of public holidays (such as OJ C 455 of 18.12.2014, p. 9) names bank holidays too",
        category="bank",
    ),
    Disputed(
        "HU",
        "a working day exchanged for a Saturday by ministerial decree is a day of rest, not a public holiday",
        names=("Day off (substituted",),
    ),
    Disputed(
        "LV",
        "a working day exchanged for a Saturday by order of the Cabinet is a day off, not a public holiday",
        names=("Day off (substituted",),
    ),
    Disputed(
        "DE",
        "BayFTG Art. 1(1) no. 2 and the holiday acts of Saxony and Thuringia: only in mainly Catholic municipalities",
        category="catholic",
        regions=("BY", "SN", "TH"),
    ),
    Disputed(
        "IT",
        "feasts of a municipality's patron are no national holidays (legge 260/1949 Art. 2)",
        regional=True,
        but_for=("BZ",),
    ),
    Disputed(
        "PT",
        "municipal holidays are optional (Código do Trabalho Art. 235)",
        regional=True,
        but_for=("20", "30"),
    ),
    Disputed(
        "CH",
        "days of rest by custom or in some municipalities only: OR Art. 78 asks for recognition by the state",
        category="optional",
    ),
    Disputed(
        "CH",
        "half a day of rest: OR Art. 78 asks for a holiday recognised by the state",
        category="half_day",
    ),
)


def disputed_in(country: str, region: str) -> tuple[Disputed, ...]:
    """The rules that concern one subdivision; an empty ``region`` stands for the country as a whole."""
    return tuple(rule for rule in DISPUTED if rule.country == country and (not rule.regions or region in rule.regions))
