"""What is printed in a disclosure → the value that an observation carries."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any

from rightskit.disclosures.layout import parted
from rightskit.disclosures.printed_dates import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rightskit.disclosures.keys import Keys
    from rightskit.disclosures.layout import Variable

_NUMBERS = {
    "comma": re.compile(r"[-+\u2212]?([0-9]{1,3}([. ][0-9]{3})+|[0-9]+)(,[0-9]+)?"),
    "point": re.compile(r"[-+\u2212]?([0-9]{1,3}([, ][0-9]{3})+|[0-9]+)(\.[0-9]+)?"),
}
_MEASURED = re.compile(r"([-+\u2212]?[0-9][0-9., ]*?)\s?([^\W\d_][^\d\s]{0,11}|[%€$£])")
_SIGNS = {"%": "percent", "€": "eur", "$": "usd", "£": "gbp"}
_LONGEST = 40  # no figure has more characters
_CLOCK = re.compile(r"([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9]))?")


class UnreadableError(Exception):
    """A value that does not fit the recipe; the message names the variable, never the value."""


class DoubtfulError(UnreadableError):
    """A value that fits the recipe, but may not be what it seems: a person decides.

    Attributes:
        why: :data:`RANGE`, :data:`DATE`, :data:`DECIMAL`, :data:`UNIT` or :data:`UNSURE`.
        proposed: what it probably is; None where that cannot be told.
    """

    def __init__(self, variable: Variable, why: str, proposed: float | str | None = None) -> None:
        super().__init__(f"{variable.id} holds {_REASONS[why]}")
        self.why = why
        self.proposed = proposed


RANGE, DATE, DECIMAL, UNIT, UNSURE = "range", "date", "decimal", "unit", "unsure"
_REASONS = {
    RANGE: "a number outside of the recipe's range",
    DATE: "a date that can be read in two ways, or in none",
    DECIMAL: "a number whose decimal mark may be the other one",
    UNIT: "a unit that is not the recipe's",
    UNSURE: "letters that were hard to read",
}


def taken(variable: Variable, parts: Mapping[str, Any], keys: Keys) -> float | str | None:
    """The value of a variable in one row; see :func:`value`.

    Args:
        variable: what the recipe says about it.
        parts: source → what stands there.
        keys: of what is hashed.
    """
    if variable.type == "number":
        read = operands(variable, parts)
        return None if None in read else figured(variable, read[0], *read[1:])
    raw = parts.get(variable.source)
    if variable.type == "hashed":
        text = value(variable, raw)
        return None if text is None else keys.of(variable.id, str(text))
    return value(variable, raw)


def operands(variable: Variable, parts: Mapping[str, Any]) -> list[float | None]:
    """The number of a row, or the two of which one is divided by the other; None for what is missing.

    Raises:
        UnreadableError: as :func:`value`.
    """
    return [_operand(variable, parts, part) for part in variable.divide or (variable.source,)]


def _operand(variable: Variable, parts: Mapping[str, Any], part: str) -> float | None:
    source, by = parted(part)
    raw = _given(variable, parts.get(source))
    return None if raw is None else _known(variable, _figure(variable, raw)) / by


def figured(variable: Variable, over: float | None, under: float | None = 1) -> float | None:
    """A number, or one divided by another, as the recipe wants it; None where nothing is there to divide by.

    Raises:
        DoubtfulError: it is out of range.
    """
    return None if over is None or not under else _ranged(variable, over / under)


def corrected(variable: Variable, text: str, keys: Keys) -> float | str:
    """What a person read, held to the recipe.

    Args:
        variable: what the recipe says about it.
        text: as the document prints it; of a choice, a date or a yes or no, or as tables print it.
        keys: of what is hashed.

    Raises:
        UnreadableError: the recipe does not allow it.
    """
    if is_given(variable, text):
        return text
    found = value(variable, text) if variable.divide else taken(variable, {variable.sources[0]: text}, keys)
    if found is None:
        raise UnreadableError(f"{variable.id} is missing")
    return found


def allowed(variable: Variable) -> str:
    """What a person may write for a value."""
    if variable.values:
        return f"Write one of these: {', '.join(dict.fromkeys(variable.values.values()))}"
    if variable.type == "date":
        return f"Write the {variable.coarsen}: {'2024' if variable.coarsen == 'year' else '2024-05'}"
    if variable.type == "number":
        limits = f" from {variable.range[0]:g} to {variable.range[1]:g}" if variable.range else ""
        return f"Write a number{limits}, with {variable.decimal} as decimal mark: {_EXAMPLES[variable.decimal]}"
    return "Write it as the document prints it."


_EXAMPLES = {"comma": "1234,5", "point": "1234.5"}


def is_given(variable: Variable, text: str) -> bool:
    """Whether a text is a value as the recipe gives it, and not as a document prints it."""
    if variable.type == "choice":
        return text in variable.values.values()
    if variable.type == "date":
        return bool(re.fullmatch(r"\d{4}" if variable.coarsen == "year" else r"\d{4}-\d\d", text))
    return False


def has_two_readings(variable: Variable, raw: object) -> bool:
    """Whether a mark before three digits may be a decimal mark or not, should a scan have taken one for the other."""
    return (
        variable.type == "number" and isinstance(raw, str) and bool(re.fullmatch(r"\D?\d{1,3}[.,]\d{3}", raw.strip()))
    )


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
    given = _given(variable, raw)
    if given is None:
        return None
    found = _READ[variable.type](variable, given)
    if found is None:
        raise strange(variable)
    return found


def _given(variable: Variable, raw: Any) -> str | float | None:
    """What stands there, or None where an optional value is missing."""
    text = raw.strip() if isinstance(raw, str) else raw
    if text is None or text == "" or text in variable.empty:
        if variable.optional:
            return None
        raise UnreadableError(f"{variable.id} is missing")
    if not isinstance(text, (str, int, float)) or isinstance(text, bool):
        raise UnreadableError(f"{variable.id} is not a single value")
    return text


def strange(variable: Variable) -> UnreadableError:
    """Says that a value is not as the recipe says."""
    return UnreadableError(f"{variable.id} holds a value that the recipe does not know")


def _known(variable: Variable, number: float | None) -> float:
    if number is None:
        raise strange(variable)
    return number


def _number(variable: Variable, raw: str | float) -> float | None:
    number = _figure(variable, raw)
    return None if number is None else _ranged(variable, number)


def _ranged(variable: Variable, number: float) -> float:
    """Rounded to the step of ``coarsen``."""
    rounded = round(number / float(variable.coarsen)) * float(variable.coarsen) if variable.coarsen else number
    if variable.range and not variable.range[0] <= number <= variable.range[1]:
        raise DoubtfulError(variable, RANGE, rounded)
    return rounded


def _figure(variable: Variable, raw: str | float) -> float | None:
    if not isinstance(raw, str):
        return _finite(raw)
    clock = _CLOCK.fullmatch(raw) if variable.duration else None
    if clock:
        return int(clock[1]) + int(clock[2]) / 60 + int(clock[3] or 0) / 3600
    found = _parsed(raw, variable.decimal)
    return _otherwise(variable, raw) if found is None else found


def _otherwise(variable: Variable, raw: str) -> float | None:
    """A number with its unit behind it, or with the other decimal mark."""
    measured = _MEASURED.fullmatch(raw) if len(raw) <= _LONGEST else None
    if measured:
        sign = measured[2].casefold()
        number = _parsed(measured[1], variable.decimal)
        if number is None or variable.unit.casefold() in {sign, _SIGNS.get(sign)}:
            return number
        raise DoubtfulError(variable, UNIT)
    other = _parsed(raw, "point" if variable.decimal == "comma" else "comma")
    if other is None:
        return None
    proposed = None if variable.divide else _ranged(variable, other / parted(variable.source)[1])
    raise DoubtfulError(variable, DECIMAL, proposed)


def _finite(raw: float) -> float | None:
    try:
        number = float(raw)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _parsed(text: str, decimal: str) -> float | None:
    if not _NUMBERS[decimal].fullmatch(text) or len(text) > _LONGEST:
        return None
    point, thousands = (",", ".") if decimal == "comma" else (".", ",")
    plain = text.replace(thousands, "").replace(" ", "").replace(point, ".").replace("\u2212", "-")
    return _finite(float(plain))


def _choice(variable: Variable, raw: str | float) -> str | None:
    return variable.values.get(str(raw), variable.values.get("*"))


def _date(variable: Variable, raw: str | float) -> str | None:
    """The year or month; in doubt where the formats do not agree on it, as 3/4/24 in two countries.

    What is printed for people has many forms: one that is unknown is in doubt too.
    """
    form = "%Y" if variable.coarsen == "year" else "%Y-%m"
    found = {day.strftime(form) for each in variable.date if (day := _day(each, str(raw)))}
    if len(found) > 1 or (not found and "printed" in variable.date):
        raise DoubtfulError(variable, DATE)
    return found.pop() if found else None


def _day(form: str, text: str) -> dt.datetime | None:
    """A day by one format, in UTC where it is a count of seconds."""
    try:
        if form in _EPOCHS:
            return dt.datetime.fromtimestamp(int(text) / _EPOCHS[form], dt.UTC)
        if form == "printed":
            return printed(text)
        return dt.datetime.fromisoformat(text) if form == "iso" else dt.datetime.strptime(text, form)  # noqa: DTZ007
    except (ValueError, OverflowError, OSError):
        return None


def _text(variable: Variable, raw: str | float) -> str | None:
    text = str(raw)
    if not (variable.pattern and variable.pattern.fullmatch(text)):
        return None
    return text[: int(variable.coarsen)] if variable.coarsen else text


def _plain(variable: Variable, raw: str | float) -> str | None:  # noqa: ARG001 (as the others)
    return str(raw)


_EPOCHS = {"unix": 1, "unix-ms": 1000}
_READ: Mapping[str, Callable[[Variable, Any], float | str | None]] = {
    "number": _number,
    "choice": _choice,
    "date": _date,
    "text": _text,
    "hashed": _plain,
}
