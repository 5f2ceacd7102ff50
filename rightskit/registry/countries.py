"""Countries as addresses write them: their names and the form of their postal codes.

Countries that records name, and some more where companies like to have their seat; whoever adds a controller from
another one adds a line. The forms of postal codes follow the Universal Postal Union's country notes.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Country(NamedTuple):
    """One country.

    Attributes:
        names: as the last line of an address may write it; the English short name first.
        postal_code: a pattern that an address there holds; empty where there is no common form.
    """

    names: tuple[str, ...]
    postal_code: str = ""


_FOUR = r"\d{4}"
_FIVE = r"\d{5}"
_THREE_TWO = r"\d{3} ?\d{2}"

COUNTRIES: dict[str, Country] = {
    "AD": Country(("Andorra",)),
    "AE": Country(("United Arab Emirates",)),
    "AL": Country(("Albania",), _FOUR),
    "AR": Country(("Argentina",)),
    "AT": Country(("Austria", "Österreich", "Autriche"), _FOUR),
    "AU": Country(("Australia",), _FOUR),
    "BA": Country(("Bosnia and Herzegovina",), _FIVE),
    "BE": Country(("Belgium", "België", "Belgique", "Belgien"), _FOUR),
    "BG": Country(("Bulgaria", "България"), _FOUR),
    "BM": Country(("Bermuda",)),
    "BR": Country(("Brazil", "Brasil"), r"\d{5}-?\d{3}"),
    "BZ": Country(("Belize",)),
    "CA": Country(("Canada",), r"[A-Z]\d[A-Z] ?\d[A-Z]\d"),
    "CH": Country(("Switzerland", "Schweiz", "Suisse", "Svizzera"), _FOUR),
    "CL": Country(("Chile",)),
    "CN": Country(("China",)),
    "CO": Country(("Colombia",)),
    "CR": Country(("Costa Rica",)),
    "CW": Country(("Curaçao",)),
    "CY": Country(("Cyprus", "Κύπρος"), _FOUR),
    "CZ": Country(("Czech Republic", "Czechia", "Česko", "Česká republika"), _THREE_TWO),
    "DE": Country(("Germany", "Deutschland", "Allemagne"), _FIVE),
    "DK": Country(("Denmark", "Danmark"), _FOUR),
    "EE": Country(("Estonia", "Eesti"), _FIVE),
    "EG": Country(("Egypt",)),
    "ES": Country(("Spain", "España", "Espanya"), _FIVE),
    "FI": Country(("Finland", "Suomi"), _FIVE),
    "FR": Country(("France", "Frankreich"), r"\d{2} ?\d{3}"),
    "GB": Country(("United Kingdom", "Great Britain", "UK", "Royaume-Uni"), r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"),
    "GE": Country(("Georgia",)),
    "GG": Country(("Guernsey",)),
    "GI": Country(("Gibraltar",)),
    "GR": Country(("Greece", "Ελλάδα"), _THREE_TWO),
    "HK": Country(("Hong Kong",)),
    "HR": Country(("Croatia", "Hrvatska"), r"\d{2} ?\d{3}"),
    "HU": Country(("Hungary", "Magyarország"), _FOUR),
    "ID": Country(("Indonesia",), _FIVE),
    "IE": Country(("Ireland", "Éire", "Republic of Ireland")),
    "IL": Country(("Israel",)),
    "IM": Country(("Isle of Man",)),
    "IN": Country(("India",), r"\d{3} ?\d{3}"),
    "IS": Country(("Iceland", "Ísland"), r"\d{3}"),
    "IT": Country(("Italy", "Italia", "Italien"), _FIVE),
    "JE": Country(("Jersey",)),
    "JP": Country(("Japan",), r"\d{3}-\d{4}"),
    "KR": Country(("South Korea",), _FIVE),
    "KY": Country(("Cayman Islands",)),
    "LI": Country(("Liechtenstein",), _FOUR),
    "LT": Country(("Lithuania", "Lietuva"), _FIVE),
    "LU": Country(("Luxembourg", "Luxemburg"), _FOUR),
    "LV": Country(("Latvia", "Latvija"), r"(?:LV-)?\d{4}"),
    "MA": Country(("Morocco",)),
    "MC": Country(("Monaco",)),
    "MD": Country(("Moldova",)),
    "ME": Country(("Montenegro",), _FIVE),
    "MH": Country(("Marshall Islands",)),
    "MK": Country(("North Macedonia",), _FOUR),
    "MT": Country(("Malta",), r"[A-Z]{3} ?\d{4}"),
    "MX": Country(("Mexico", "México"), _FIVE),
    "MY": Country(("Malaysia",), _FIVE),
    "NL": Country(("Netherlands", "The Netherlands", "Nederland", "Niederlande"), r"\d{4} ?[A-Z]{2}"),
    "NO": Country(("Norway", "Norge"), _FOUR),
    "NZ": Country(("New Zealand",), _FOUR),
    "PA": Country(("Panama",)),
    "PH": Country(("Philippines",), _FOUR),
    "PK": Country(("Pakistan",), _FIVE),
    "PL": Country(("Poland", "Polska"), r"\d{2}-\d{3}"),
    "PT": Country(("Portugal",), r"\d{4}-\d{3}"),
    "QA": Country(("Qatar",)),
    "RO": Country(("Romania", "România"), r"\d{6}"),
    "RS": Country(("Serbia", "Srbija"), _FIVE),
    "RU": Country(("Russia",), r"\d{6}"),
    "SA": Country(("Saudi Arabia",), _FIVE),
    "SC": Country(("Seychelles",)),
    "SE": Country(("Sweden", "Sverige"), _THREE_TWO),
    "SG": Country(("Singapore", "Republic of Singapore"), r"\d{6}"),
    "SI": Country(("Slovenia", "Slovenija"), _FOUR),
    "SK": Country(("Slovakia", "Slovak Republic", "Slovensko"), _THREE_TWO),
    "SM": Country(("San Marino",)),
    "TH": Country(("Thailand",), _FIVE),
    "TN": Country(("Tunisia",), _FOUR),
    "TR": Country(("Turkey", "Türkiye"), _FIVE),
    "TW": Country(("Taiwan",)),
    "UA": Country(("Ukraine", "Україна"), _FIVE),
    "US": Country(("United States of America", "United States", "USA"), r"\d{5}"),
    "VG": Country(("British Virgin Islands",)),
    "VN": Country(("Vietnam",)),
    "ZA": Country(("South Africa",), _FOUR),
}


def named(line: str) -> str:
    """The code of the country that a line names, or an empty text."""
    return _CODES.get(line.strip().casefold(), "")


def has_postal_code(code: str, lines: tuple[str, ...]) -> bool:
    """Whether an address holds a postal code of the country's form; True where the form is not known."""
    country = COUNTRIES.get(code)
    if country is None or not country.postal_code:
        return True
    pattern = re.compile(rf"(?<![A-Za-z\d]){country.postal_code}(?![A-Za-z\d])")
    return any(pattern.search(line.removeprefix(f"{code}-").upper()) for line in lines)


_CODES = {name.casefold(): code for code, country in COUNTRIES.items() for name in country.names}
