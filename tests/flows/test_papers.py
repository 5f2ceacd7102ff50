"""The drafts of what a campaign itself owes."""

from __future__ import annotations

import re

from rightskit.flows import forms

ADDED = """\
partners: ["Verein Zwei, Kai 4, 28195 Bremen"]
processors: ["Post AG: Postfach"]
keep_raw: 60
retention: 200
"""


def papers(campaign, *words: str) -> dict[str, str]:
    """File name -> text of the page."""
    campaign("campaign", "papers", *words)
    found = (campaign.folder / "papers").glob("*.html")
    return {path.name: " ".join(re.sub(r"<[^>]+>", " ", path.read_text("utf-8")).split()) for path in found}


def test_the_drafts_say_what_campaign_yaml_says(planned) -> None:
    planned.rewrite(
        "campaign.yaml",
        ("ways: [own-name]", "ways: [own-name, self]"),
        ("  email: hallo", "  authority: de-hb-lfdi\n  officer: Nia Beispiel\n  email: hallo"),
        more=ADDED,
    )
    found = papers(planned)
    assert sorted(found) == sorted(
        f"{name}.{language}.html"
        for name in ("notice", "record", "impact", "roles", "breach", "consent")
        for language in ("de", "fr", "en")
    )
    for name in ("notice.de.html", "notice.fr.html", "notice.en.html"):
        for said in (
            "Initiative Mitmachen",
            "Verein Zwei",
            "Post AG: Postfach",
            "Nia Beispiel",
            "60",
            "200",
            "Südstern",
        ):
            assert said in found[name], (name, said)
    assert "You sign and send yourself" in found["notice.en.html"]
    assert "under your written mandate" not in found["notice.en.html"]
    assert "the one competent for us is" in found["notice.en.html"]
    assert "Geburtsdatum" in found["record.de.html"]
    assert "Ich bin einverstanden." in found["consent.de.html"]
    assert not [
        name
        for name, said in found.items()
        if "Draft" not in said and name.endswith("en.html") and name != "consent.en.html"
    ]
    assert not [word for word in ("Jana", "Özdemir", "heimpost") for said in found.values() if word in said]


def test_the_sheet_of_a_breach_counts_72_hours_over_the_weekend(planned) -> None:
    found = papers(planned, "--lang", "en", "--breach", "2026-03-06 17:20")
    assert list(found) == ["2026-03-06-1720-breach.en.html"]
    assert "Known since: 6 March 2026, 17:20" in found["2026-03-06-1720-breach.en.html"]
    assert "by: 9 March 2026, 17:20" in found["2026-03-06-1720-breach.en.html"].replace("by :", "by:")


def test_an_unknown_authority_has_its_line(planned) -> None:
    planned.rewrite("campaign.yaml", ("  email: hallo", "  authority: de-hb-lfdx\n  email: hallo"))
    said = planned("campaign", "papers", code=3).output
    assert "campaign.yaml:5 [authority]: there is no authority 'de-hb-lfdx'" in said


def test_papers_exist_in_three_languages(planned) -> None:
    said = planned("campaign", "papers", "--lang", "es", code=4).output
    assert "There are no papers in 'es'." in said
    assert "There are: de, fr, en" in said


def test_a_text_of_campaign_yaml_flows_on_paper() -> None:
    text = "Consent\n\nI agree that\n  my data are:\n- pooled,\n- counted.\n1. One\n2. Two\nand more.\n"
    assert forms.flowing(text) == (
        "Consent\n\nI agree that my data are:\n- pooled,\n- counted.\n1. One\n2. Two and more."
    )
