import jinja2
import pytest

from rightskit.rendering import page as module
from rightskit.rendering.page import figure, page


@pytest.fixture
def template(tmp_path, monkeypatch):
    """Pages from a folder of the test's own."""
    folder = tmp_path / "letters" / "pages"
    folder.mkdir(parents=True)
    monkeypatch.setattr(module.paths, "shipped", lambda name: tmp_path / name)
    module._environment.cache_clear()
    yield lambda text: (folder / "own.html").write_text(text, encoding="utf-8")
    module._environment.cache_clear()


@pytest.fixture
def catalogue(monkeypatch):
    monkeypatch.setattr(module.texts, "text", lambda language, key, **values: f"<{language} {key} {values}>")


def test_a_value_never_becomes_markup(template) -> None:
    template('<p title="{{ name }}">{{ name }}</p>')
    hostile = '"><script>alert(1)</script>{{ 7 * 7 }}'
    assert page("own.html", "de", {"name": hostile}) == (
        '<p title="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}">'
        "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}</p>"
    )


def test_a_text_is_escaped_too(template, catalogue) -> None:
    template("{{ text('a.key', name=name) }}")
    assert "<b>" not in page("own.html", "fr", {"name": "<b>"})


def test_numbers_are_written_in_the_language(template) -> None:
    template("{{ 1234 | number }} {{ 0.5 | percent }} {{ 2.5 | figure }} {{ language }}")
    assert page("own.html", "de", {}).replace("\u202f", "\u00a0") == "1.234 50\u00a0% 2,50 de"
    assert page("own.html", "en", {}) == "1,234 50% 2.50 en"


def test_a_missing_value_is_an_error(template) -> None:
    template("{{ nothing }}")
    with pytest.raises(jinja2.UndefinedError):
        page("own.html", "de", {})


@pytest.mark.parametrize("name", ["../own.html", "/etc/hostname", "nothing.html"])
def test_a_template_lies_in_its_folder(template, name) -> None:
    template("")
    with pytest.raises(jinja2.TemplateNotFound):
        page(name, "de", {})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (0.0, "0"),
        (7, "7"),
        (0.12345, "0.123"),
        (91.31, "91.3"),
        (91.0, "91"),
        (1234.5, "1,230"),
        (-2.5, "-2.50"),
    ],
)
def test_a_measured_value_has_three_digits(value, written) -> None:
    assert figure("en", value) == written
