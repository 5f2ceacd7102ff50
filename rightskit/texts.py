"""What members, controllers and the public read: the text catalogues, and dates and numbers in their language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.errors import FaultsError
from rightskit.paths import shipped

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from babel import Locale

FALLBACK = "en"
# Babel's plain "en" writes dates the American way; the letters are British.
_LOCALES = {"en": "en_GB"}


def text(language: str, key: str, **values: object) -> str:
    """A text of the catalogue, its placeholders filled.

    Args:
        language: BCP 47 code; a region is ignored, and English stands in where the language lacks the text.
        key: dotted path, such as ``right.access`` or ``event.data-received``; dashes and spaces count as underscores,
            so that the values of enumerations fit as they are.
        values: what the ``{placeholders}`` are replaced by.

    Raises:
        KeyError: no catalogue knows the key, or a placeholder got no value.
    """
    return _template(_base(language), key.replace("-", "_").replace(" ", "_")).format(**values)


def longdate(language: str, date: dt.date) -> str:
    """A date as a letter writes it: ``2. März 2026``, ``1er mars 2026``, ``2 March 2026``."""
    return _date(language, date, "long")


def shortdate(language: str, date: dt.date) -> str:
    """A date as a table writes it, never ambiguous: ``02.03.2026``, ``2 mars 2026``, ``2 Mar 2026``."""
    return _date(language, date, "medium")


def month(language: str, date: dt.date) -> str:
    """A month with its year: ``März 2026``, ``mars 2026``, ``March 2026``."""
    from babel.dates import format_skeleton  # noqa: PLC0415 (heavy: only where used)

    return str(format_skeleton("yMMMM", date, locale=_locale(language)))


def language_name(language: str, code: str) -> str:
    """What a language is called in another: ``fr`` in German is ``Französisch``."""
    return str(_locale(code).get_display_name(_base(language)) or code)


def number(language: str, value: float | Decimal, digits: int = 0) -> str:
    """A number with that many decimals and the language's separators."""
    from babel.numbers import format_decimal  # noqa: PLC0415 (heavy: only where used)

    return str(format_decimal(value, format="#,##0" + _decimals(digits), locale=_locale(language)))


def percent(language: str, value: float | Decimal, digits: int = 0) -> str:
    """A share as a percentage: 0.125 with one digit is ``12,5 %`` in German."""
    from babel.numbers import format_percent  # noqa: PLC0415 (heavy: only where used)

    locale = _locale(language)
    pattern = locale.percent_formats[None].pattern.replace("##0", "##0" + _decimals(digits))
    return str(format_percent(value, format=pattern, locale=locale))


def money(language: str, value: float | Decimal, currency: str) -> str:
    """An amount with its currency, an ISO 4217 code: ``12,50 €`` in German."""
    from babel.numbers import format_currency  # noqa: PLC0415 (heavy: only where used)

    return str(format_currency(value, currency, locale=_locale(language)))


@cache
def _template(language: str, key: str) -> str:
    for candidate in dict.fromkeys((language, FALLBACK)):
        found = _find(_catalogue(candidate), key)
        if found is not None:
            return found
    raise KeyError(key)


def _find(catalogue: yamlfile.Section | None, key: str) -> str | None:
    *path, leaf = key.split(".")
    for part in path:
        if catalogue is None or part not in catalogue:
            return None
        catalogue = catalogue.section(part)
    return None if catalogue is None else catalogue.optional(leaf)


@cache
def _catalogue(language: str) -> yamlfile.Section | None:
    path = shipped("letters") / language / "texts.yaml"
    # Only letters: a language that came from outside must not lead to another folder.
    if not language.isalpha() or not path.exists():
        return None
    catalogue = yamlfile.read(path)
    if catalogue.faults:
        raise FaultsError(catalogue.faults)
    return catalogue


def _base(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


@cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (heavy: only where used)

    base = _base(language)
    for name in (_LOCALES.get(language, language), _LOCALES.get(base, base)):
        try:
            return Locale.parse(name.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_LOCALES[FALLBACK])


def _date(language: str, date: dt.date, form: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 (heavy: only where used)

    written = str(format_date(date, form, locale=_locale(language)))
    # The Unicode tables write "1 mars"; French says "1er mars".
    return "1er " + written[2:] if _base(language) == "fr" and written.startswith("1 ") else written


def _decimals(digits: int) -> str:
    return "." + "0" * digits if digits else ""
