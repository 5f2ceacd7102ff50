"""The filters of letters: dates, numbers and money as a language writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jinja2 import TemplateRuntimeError

from rightskit import texts


def longdate(value: object, language: str) -> str:
    """A date in words, such as ``3. März 2026``.

    Raises:
        TemplateRuntimeError: the value is no date.
    """
    if not isinstance(value, dt.date):
        raise TemplateRuntimeError("longdate takes a date")
    return texts.longdate(language, value)


def number(value: object, language: str) -> str:
    """A number with all its decimals and the language's separators, such as ``1.234,5``.

    Raises:
        TemplateRuntimeError: the value is no number.
    """
    exact = _number(value, "number")
    exponent = exact.as_tuple().exponent
    return texts.number(language, exact, max(0, -exponent) if isinstance(exponent, int) else 0)


def money(value: object, language: str, currency: str = "EUR") -> str:
    """An amount with its ISO 4217 currency, such as ``12,50 €``.

    Raises:
        TemplateRuntimeError: the value is no number.
    """
    return texts.money(language, _number(value, "money"), currency)


def _number(value: object, name: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise TemplateRuntimeError(f"{name} takes a number")
    return Decimal(str(value))
