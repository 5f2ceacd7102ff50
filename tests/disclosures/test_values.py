"""What is printed becomes the value that is meant, or a refusal that does not repeat it."""

import pytest

from rightskit.disclosures import recipe
from rightskit.disclosures.layout import Variable
from rightskit.disclosures.values import UnreadableError, value


def variable(keys: str) -> Variable:
    text = f"id: r\ntitle: R\nfiles: [{{format: csv, require: [x], rows: [{{variables: [{{id: v, from: x, title: V, {keys}}}]}}]}}]"
    return recipe.parse(text, "r.yaml").variables[0]


@pytest.mark.parametrize(
    ("keys", "printed", "meant"),
    [
        ("decimal: comma", "1.234,50", 1234.5),
        ("decimal: comma", "97,38", 97.38),
        ("decimal: comma", "−3", -3.0),
        ("decimal: point", "1,234.50", 1234.5),
        ("decimal: point", 12, 12.0),
        ("type: choice, values: {Ja: yes-it-is}", " Ja ", "yes-it-is"),
        ("type: date, date: '%d.%m.%Y', coarsen: year", "29.02.1980", "1980"),
        ("type: date, coarsen: month", "1980-02-29", "1980-02"),
        ("type: text, pattern: '[A-M]'", "K", "K"),
        ("optional: true", None, None),
        ("optional: true, empty: [–]", "–", None),
    ],
)
def test_printed_and_meant(keys: str, printed: object, meant: object) -> None:
    assert value(variable(keys), printed) == meant


@pytest.mark.parametrize(
    ("keys", "printed"),
    [
        ("decimal: comma", "97.38"),
        ("decimal: comma", "1.23.456"),
        ("decimal: point", "1.234,50"),
        ("decimal: point", "١٢"),
        ("decimal: point", "1e5"),
        ("decimal: point", float("inf")),
        ("decimal: point", 10**400),
        ("decimal: point", True),
        ("decimal: point", ["1"]),
        ("range: [0, 100]", "100.5"),
        ("type: choice, values: {Ja: j}", "Nein"),
        ("type: choice, values: {Ja: j}", None),
        ("type: date, coarsen: year", "29.02.1980"),
        ("type: date, coarsen: year", "1981-02-29"),
        ("type: text, pattern: '[A-M]'", "K Zyxwvu"),
        ("type: text, pattern: '[A-M]'", "K\nZ"),
    ],
)
def test_what_does_not_fit_is_refused_without_repeating_it(keys: str, printed: object) -> None:
    with pytest.raises(UnreadableError) as refused:
        value(variable(keys), printed)
    assert str(printed) not in str(refused.value)
