import datetime as dt
import re
import string
from decimal import Decimal

import pytest

from rightskit import texts, yamlfile
from rightskit.cases.model import EventKind
from rightskit.errors import FaultsError
from rightskit.paths import shipped
from rightskit.rights import Right

LANGUAGES = ["de", "fr", "en"]
NARROW, FIXED = "\u202f", "\u00a0"  # the spaces of French thousands, and before a percent sign


def flat(section: yamlfile.Section, prefix: str = "") -> dict[str, str]:
    """Every text of a catalogue by its dotted key."""
    found = {}
    for key in section.keys():  # noqa: SIM118 (a Section is no dict)
        inner = section._values[key][1]
        found |= (
            flat(inner, f"{prefix}{key}.") if isinstance(inner, yamlfile.Section) else {prefix + key: section.text(key)}
        )
    return found


def catalogue(language: str) -> dict[str, str]:
    return flat(yamlfile.read(shipped("letters") / language / "texts.yaml"))


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("right", Right),
        ("right_short", Right),
        ("event", EventKind),
    ],
)
def test_every_value_has_a_text_of_its_own(language, prefix, words) -> None:
    found = [texts.text(language, f"{prefix}.{word}") for word in words]
    assert all(found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_title_names_its_article(language, right) -> None:
    article = {"de": "Art. {} ", "fr": "article {}", "en": "Article {}"}[language]
    assert article.format(right.article) in texts.text(language, f"right.{right}") + " "


@pytest.mark.parametrize("language", ["de", "fr"])
def test_the_catalogues_have_the_same_keys_and_placeholders(language) -> None:
    own, english = catalogue(language), catalogue("en")
    assert own.keys() == english.keys()
    assert {key: placeholders(text) for key, text in own.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


def test_every_page_asks_for_texts_that_there_are() -> None:
    english = catalogue("en")
    pages = sorted(shipped("letters").glob("pages/*.html"))
    asked = {
        (page.name, key) for page in pages for key in re.findall(r"""text\(['\"]([\w.]+)['\"][,)]""", page.read_text())
    }
    assert len(asked) > 100
    assert not [one for one in asked if one[1] not in english]


def test_placeholders_are_filled() -> None:
    assert texts.text("de", "mandate.until", date="2. März 2026") == "bis zum 2. März 2026"
    assert texts.text("en", "mandate.until", date="2 March 2026") == "until 2 March 2026"


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert texts.text("en", "mandate.until", date="{page} {0}") == "until {page} {0}"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="date"):
        texts.text("en", "mandate.until", day=2)


@pytest.mark.parametrize(
    "key", ["right.nonsense", "nonsense", "nonsense.access", "right", "right.access.more", "", "."]
)
def test_an_unknown_key_is_an_error(key) -> None:
    with pytest.raises(KeyError) as caught:
        texts.text("de", key)
    assert caught.value.args == (key,)


@pytest.mark.parametrize("language", ["sv", "", "../de", "de/../fr", "."])
def test_a_language_without_a_catalogue_reads_english(language) -> None:
    assert texts.text(language, "right_short.access") == "Access"


def test_a_region_reads_its_language() -> None:
    assert texts.text("de-AT", "right_short.access") == texts.text("DE", "right_short.access") == "Auskunft"


@pytest.fixture
def own_catalogues(tmp_path, monkeypatch):
    """Catalogues of a test's own in place of the shipped ones."""
    caches = (texts._template, texts._catalogue)
    monkeypatch.setattr(texts, "shipped", lambda name: tmp_path / name)
    for language in ("de", "en"):
        (tmp_path / "letters" / language).mkdir(parents=True)
    for cached in caches:
        cached.cache_clear()
    yield tmp_path / "letters"
    for cached in caches:
        cached.cache_clear()


def test_a_text_that_a_language_lacks_is_read_in_english(own_catalogues) -> None:
    (own_catalogues / "de" / "texts.yaml").write_text("only: {here: Hier}", encoding="utf-8")
    (own_catalogues / "en" / "texts.yaml").write_text("only: {there: There}", encoding="utf-8")
    assert texts.text("de", "only.here") == "Hier"
    assert texts.text("de", "only.there") == "There"


def test_a_key_that_stands_twice_is_a_fault_with_its_line(own_catalogues) -> None:
    (own_catalogues / "en" / "texts.yaml").write_text("a: 1\nb: 2\na: 3\n", encoding="utf-8")
    with pytest.raises(FaultsError, match=r"texts\.yaml:3"):
        texts.text("en", "b")


@pytest.mark.parametrize(
    ("language", "day", "long", "short"),
    [
        ("de", dt.date(2026, 3, 2), "2. März 2026", "02.03.2026"),
        ("de-AT", dt.date(2026, 1, 2), "2. Jänner 2026", "02.01.2026"),
        ("fr", dt.date(2026, 3, 2), "2 mars 2026", "2 mars 2026"),
        ("fr", dt.date(2026, 2, 1), "1er février 2026", "1er févr. 2026"),
        ("fr", dt.date(2026, 2, 11), "11 février 2026", "11 févr. 2026"),
        ("en", dt.date(2026, 3, 2), "2 March 2026", "2 Mar 2026"),
        ("en-US", dt.date(2026, 3, 2), "March 2, 2026", "Mar 2, 2026"),
        ("qq", dt.date(2026, 3, 2), "2 March 2026", "2 Mar 2026"),
        ("de-QQ", dt.date(2026, 3, 2), "2. März 2026", "02.03.2026"),
        ("", dt.date(2026, 3, 2), "2 March 2026", "2 Mar 2026"),
    ],
)
def test_dates(language, day, long, short) -> None:
    assert texts.longdate(language, day) == long
    assert texts.shortdate(language, day) == short


@pytest.mark.parametrize(
    ("language", "value", "digits", "written"),
    [
        ("de", 12345.678, 2, "12.345,68"),
        ("de", 12345, 0, "12.345"),
        ("fr", 12345.6, 1, f"12{NARROW}345,6"),
        ("en", Decimal("-1234.5"), 2, "-1,234.50"),
        ("en", 0.1, 0, "0"),
    ],
)
def test_numbers(language, value, digits, written) -> None:
    assert texts.number(language, value, digits) == written


@pytest.mark.parametrize(
    ("language", "share", "digits", "written"),
    [
        ("de", 0.1256, 1, f"12,6{FIXED}%"),
        ("en", 0.1256, 0, "13%"),
        ("en", 0.5, 2, "50.00%"),
        ("fr", 1, 0, f"100{NARROW}%"),
    ],
)
def test_percentages(language, share, digits, written) -> None:
    # Which of the two spaces stands before the sign differs between releases of the Unicode tables.
    assert texts.percent(language, share, digits).replace(NARROW, FIXED) == written.replace(NARROW, FIXED)


def test_money() -> None:
    assert texts.money("de", Decimal("1234.5"), "EUR") == f"1.234,50{FIXED}€"
    assert texts.money("en", 12.5, "GBP") == "£12.50"
