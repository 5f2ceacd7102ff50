"""What is printed in a disclosure → the value that an observation carries."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rightskit.disclosures.layout import Variable

_NUMBERS = {
    "comma": re.compile(r"[-+\u2212]?([0-9]{1,3}([. ][0-9]{3})+|[0-9]+)(,[0-9]+)?"),
    "point": re.compile(r"[-+\u2212]?([0-9]{1,3}([, ][0-9]{3})+|[0-9]+)(\.[0-9]+)?"),
}


class UnreadableError(Exception):
    """A value that does not fit the recipe; the message names the variable, never the value."""


def value(variable: Variable, raw: Any) -> float | str | None:
    """Turn what stands in the document into the variable's value.

    Args:
        variable: what the recipe says about it.
        raw: a text, or a JSON value; None where there is none.

    Returns:
        A number for type ``number``, a text for the others, None where an optional value is missing.

    Raises:
        UnreadableError: it is missing, of another form, out of range or not among the allowed values.
    """
    text = raw.strip() if isinstance(raw, str) else raw
    if text is None or text == "" or text in variable.empty:
        if variable.optional:
            return None
        raise UnreadableError(f"{variable.id} is missing")
    if isinstance(text, (bool, dict, list)):
        raise UnreadableError(f"{variable.id} is not a single value")
    found = _READ[variable.type](variable, text)
    if found is None:
        raise UnreadableError(f"{variable.id} holds a value that the recipe does not know")
    return found


def _number(variable: Variable, raw: str | float) -> float | None:
    number = _parsed(raw, variable.decimal) if isinstance(raw, str) else _finite(raw)
    if number is None or (variable.range and not variable.range[0] <= number <= variable.range[1]):
        return None
    return number


def _finite(raw: float) -> float | None:
    try:
        number = float(raw)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _parsed(text: str, decimal: str) -> float | None:
    if not _NUMBERS[decimal].fullmatch(text) or len(text) > 40:  # noqa: PLR2004 (no figure is longer)
        return None
    point, thousands = (",", ".") if decimal == "comma" else (".", ",")
    plain = text.replace(thousands, "").replace(" ", "").replace(point, ".").replace("\u2212", "-")
    return _finite(float(plain))


def _choice(variable: Variable, raw: str | float) -> str | None:
    return variable.values.get(str(raw))


def _date(variable: Variable, raw: str | float) -> str | None:
    try:
        day = dt.datetime.strptime(str(raw), variable.date)  # noqa: DTZ007 (a day without a time)
    except ValueError:
        return None
    return f"{day:%Y}" if variable.coarsen == "year" else f"{day:%Y-%m}"


def _text(variable: Variable, raw: str | float) -> str | None:
    text = str(raw)
    return text if variable.pattern and variable.pattern.fullmatch(text) else None


_READ = {"number": _number, "choice": _choice, "date": _date, "text": _text}
