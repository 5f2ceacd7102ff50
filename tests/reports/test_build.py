import datetime as dt
import random
import re

import pypdfium2
import pytest

from rightskit import texts
from rightskit.cases.model import Answer
from rightskit.disclosures.pool import Pool
from rightskit.disclosures.tabulation import PoolTable
from rightskit.errors import RefusedError
from rightskit.rendering.page import page as rendered
from rightskit.rendering.paper import paper
from rightskit.reports.arms import Drawn
from rightskit.reports.build import build
from rightskit.reports.funnels import funnels
from rightskit.reports.memberrow import MemberRow
from rightskit.reports.microdata import microdata
from rightskit.reports.recruitment import Members

TODAY = dt.date(2026, 6, 1)
LANGUAGES = ["de", "fr", "en"]
POOL = Pool(
    (
        PoolTable("s", "Score", "summary", "%", "inferred", 84, ("Score", "members", "mean"), (("all", 84, 91.3),), ""),
        PoolTable("s", "Score", "distribution", "%", "inferred", 84, ("Score", "members"), (("under 50", None), ("50 and more", 70)), "Hidden"),
        PoolTable("k", "Kind", "distribution", "", "observed", None, ("Sector", "low", "high"), (("banks", 20, None),), ""),
    ),
    84,
    2,
    10,
)  # fmt: skip


def campaign(case, members=60, names=("Alpha Bureau", "Beta Bureau", "Gamma Bureau")):
    """Invented requests: each controller answers in its own way."""
    rng, rows = random.Random(7), []
    for place, name in enumerate(names):
        for member in range(members):
            days = rng.randint(5, 60)
            answered = rng.random() < 0.4 + 0.15 * place
            values = {"outcome": rng.choice([Answer.DATA] * 4 + [Answer.REFUSED]), "days": days, "first": days // 2}
            rows.append(case(member, name, **(values if answered else {}), readable=True, pooled=rng.random() < 0.5))
    return rows


def report(rows, pool=None, language="en", threshold=10):
    return build("What do they know?", "Open Answers", rows, pool, today=TODAY, language=language, threshold=threshold)


def words(page: str) -> str:
    """What a reader sees."""
    body = re.sub(r"(?s).*<body>|<style>.*?</style>|<[^>]+>", " ", page)
    return re.sub(r"\s+", " ", body)


def html(report) -> str:
    return rendered("report.html", report.language, {"report": report})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_report_renders(case, language) -> None:
    page = html(report(campaign(case), POOL, language))
    assert f'<html lang="{language}">' in page
    assert page.count("<svg") > 10
    assert "{{" not in page
    assert "{%" not in page
    assert "report." not in words(page)
    for name in ("Alpha Bureau", "Beta Bureau", "Gamma Bureau", "banks"):
        assert name in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_members_forms_decisions_and_the_funnel_of_each_controller_have_their_tables(case, language) -> None:
    """60 members of two ages; 20 left; complaints of which 20 were upheld; every answer in one form."""
    ages = ["18-29", "30-44"]
    people = [MemberRow(f"M{n:08}", signed=True, complete=n < 40, age=ages[n % 2], left=n >= 40) for n in range(60)]
    upheld = {"complained": True, "complaint": "decided", "decision": "upheld", "measure": "reprimand", "overdue": True}
    rows = [
        case(n, outcome=Answer.DATA, days=9, form="json", reference=f"RK-{n}", controller_id="alpha", channel="email")
        if n < 40
        else case(n, reference=f"RK-{n}", controller_id="alpha", channel="email", **upheld)
        for n in range(60)
    ]
    data = microdata(rows, today=TODAY, threshold=10, name=str)
    members, lines = Members(tuple(people)), funnels(rows, data, 10).told
    how = {"today": TODAY, "language": language, "threshold": 10}
    page = html(build("T", "O", rows, None, **how, members=members, lines=lines))
    for section in ("forms", "decisions", "people", "ages", "lines"):
        assert f'id="{section}"' in page
    assert "report." not in words(page)
    assert texts.text(language, "report.measures.reprimand") in words(page)
    assert re.search(r"30 \S+ 44\D+30 50\s?% 20 50\s?%", words(page))


def test_the_page_stands_alone(case) -> None:
    page = html(report(campaign(case), POOL))
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!data:,|#)""", page)
    assert not re.search(r"url\(|@import|https?:", page)


def test_the_headline_is_made_of_the_figures(case) -> None:
    rows = [case(n, outcome=Answer.DATA, days=20 + n) for n in range(30)] + [case(30 + n) for n in range(20)]
    assert (
        report(rows).headline == "Of 50 requests, 60% were answered; it took 44 days until half of them had an answer."
    )
    assert report(rows[10:], language="de").headline.startswith("Von 40 Anträgen")
    assert report(rows[20:]).headline == "Of 30 requests, 33% have been answered so far."
    assert report(rows[30:]).headline == "20 requests went out, and none has been answered so far."


def test_nobody_is_named(case) -> None:
    rows = campaign(case)
    page = html(report(rows, POOL))
    assert not any(row.member in page for row in rows)
    assert "M0000" not in page


def test_markup_in_names_is_text(case) -> None:
    hostile = '<img src=x onerror=alert(1)>"{{ 7 * 7 }}'
    made = build(hostile, hostile, campaign(case, names=(hostile,)), None, today=TODAY, language="en", threshold=10)
    page = html(made)
    assert "<img" not in page
    assert page.count("&lt;img src=x") >= 4


def test_an_empty_campaign(case) -> None:
    made = report([])
    assert made.headline == "No request has gone out yet."
    assert (
        made.figures.requests,
        made.figures.controllers,
        made.figures.curves,
        made.figures.outcomes,
        made.figures.facts,
    ) == (0, (), (), (), ())
    assert made.missing[0] == "No request has gone out yet; there is nothing to show about answers."
    assert "No request has gone out yet" in words(html(made))


def test_nothing_sent_yet(case) -> None:
    made = report([case(n, sent=None, received=False) for n in range(40)])
    assert made.figures.requests == 0
    assert "No request has gone out yet." in html(made)


def test_one_member(case) -> None:
    made = report([case(1, outcome=Answer.DATA, days=9, readable=True, pooled=True, identity_demanded=True)])
    assert made.headline == "Too few people take part so far to publish figures about them."
    assert all(bar.count is None for bar in made.figures.funnel)
    assert (
        made.figures.requests,
        made.figures.every,
        made.figures.controllers,
        made.figures.curves,
        made.figures.outcomes,
    ) == (None, None, (), (), ())
    assert "Fewer than 10 people take part" in words(html(made))


def test_one_controller_without_a_reply(case) -> None:
    made = report([case(n, received=False) for n in range(40)])
    assert made.headline == "40 requests went out, and none has been answered so far."
    assert len(made.figures.controllers) == 1
    assert made.figures.controllers[0].answered is not None
    assert made.figures.controllers[0].answered.count == 0
    assert any("no curve" in sentence for sentence in made.missing)
    html(made)


def test_few_answers_are_hidden_and_so_is_how_many_wait(case) -> None:
    made = report([case(n, outcome=Answer.DATA, days=9) for n in range(4)] + [case(4 + n) for n in range(40)])
    assert made.figures.requests == 44
    assert made.figures.every is not None
    assert (
        made.figures.every.answered,
        made.figures.every.median,
        made.figures.outcomes,
        made.figures.curves,
        made.figures.at_risk,
    ) == (
        None,
        None,
        (),
        (),
        (),
    )
    shown = [bar.keys[0] for bar in made.figures.funnel if bar.count is not None]
    assert shown == ["members", "planned", "sent", "bounced", "out", "received"]
    page = words(html(made))
    assert not re.search(r"\b(?:4|40)\b", page)


def test_a_name_of_two_hundred_characters(case) -> None:
    name = "Gesellschaft" * 17
    page = html(report(campaign(case, names=(name, "Beta Bureau"))))
    assert page.count(name) == 2


def test_single_controllers_are_not_shown_where_each_is_small(case) -> None:
    rows = [
        case(n, f"Bureau {n % 12}", outcome=Answer.DATA if n < 40 else Answer.NONE, days=9 if n < 40 else None)
        for n in range(72)
    ]
    made = report(rows)
    assert [(line.name, line.controllers, line.requests) for line in made.figures.controllers] == [("", 12, 72)]
    assert any("No single controller" in sentence for sentence in made.missing)
    assert "Bureau 3" not in html(made)


def test_the_first_thing_is_a_picture_of_what_came_of_the_requests(case) -> None:
    kinds = [Answer.DATA] * 30 + [Answer.NO_DATA] * 20 + [Answer.NONE] * 50
    rows = [case(place, outcome=kind, days=None if kind is Answer.NONE else 9) for place, kind in enumerate(kinds)]
    made = html(report(rows))
    found = made[made.index('<figure class="glance"') : made.index('<dl class="tiles">')]
    assert "30% Data received, all or a part" in words(found)
    assert re.findall(r'width: ([\d.]+)%">(\d+%)', found) == [("30.0", "30%"), ("20.0", "20%"), ("50.0", "50%")]
    assert re.findall('swatch ([^"]+)', found) == ["accent", "accent pale", "muted"]
    assert found.count("opacity: 0.65") == 1
    assert words(found).index("20%") < words(found).index("50%")


def test_of_many_controllers_both_ends_are_drawn_and_the_table_is_folded(case) -> None:
    """30 controllers, 40 people each; to the n-th the first n have an answer, one more than to the one before."""
    rows = [
        case(
            member,
            f"Bureau {place}",
            Answer.DATA if member < place else Answer.NONE,
            days=9 if member < place else None,
        )
        for place in range(5, 35)
        for member in range(40)
    ]
    made = html(report(rows))
    drawn = made[made.index("bars dots") : made.index("wide stacked")]
    named = re.findall(r"<bdi>Bureau (\d+)</bdi>", drawn)
    assert len(named) == 20
    assert named == sorted(named, key=int, reverse=True)
    assert "The 20 drawn are those with the largest and the smallest shares; all 30 stand in the table." in made
    assert re.search(r"<details><summary>The figures as a table</summary>\s*<p[^>]*id=.controllers-table", made)
    assert len(re.findall(r"<bdi>Bureau \d+</bdi></th>", made[made.index("wide stacked") :])) >= 30


def test_a_threshold_that_hides_nobody_is_refused(case) -> None:
    with pytest.raises(RefusedError, match="2 would show single members"):
        report([case()], threshold=2)


def test_hidden_is_not_zero(case) -> None:
    page = html(report(campaign(case), POOL))
    cells = re.findall(r'<span class="veil"[^>]*><span class="unseen">([^<]*)</span></span>', page)
    assert len(cells) == 4  # two of the pool, one who still waits, one in the key
    assert set(cells) == {"hidden"}


def test_a_small_pool_does_not_tell_its_members(case) -> None:
    made = report(campaign(case), Pool((), 4, 0, 10))
    assert made.pool_members is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_the_pages_are_numbered_and_nothing_is_lost(case, language) -> None:
    made = report(campaign(case), POOL, language)
    raw = paper("report.html", language, {"report": made})
    with pypdfium2.PdfDocument(raw) as document:
        sheets = [sheet.get_textpage().get_text_bounded() for sheet in document]
    whole = re.sub(r"\s+", " ", " ".join(sheets))
    assert [f"{place}/{len(sheets)}" in sheet for place, sheet in enumerate(sheets, 1)] == [True] * len(sheets)
    assert made.headline.split()[0] in sheets[0]
    for name in ("Alpha Bureau", "Beta Bureau", "Gamma Bureau", "banks"):
        assert name in whole
    if language == "fr":  # the most special characters
        assert raw == paper("report.html", language, {"report": made})


def test_on_paper_a_table_that_breaks_repeats_its_head(case) -> None:
    rows = campaign(case, 12, tuple(f"Bureau {n:02}" for n in range(40)))
    with pypdfium2.PdfDocument(paper("report.html", "en", {"report": report(rows)})) as document:
        sheets = [sheet.get_textpage().get_text_bounded() for sheet in document]
    heads = [sheet for sheet in sheets if re.search(r"Answered\W+On time", sheet)]
    assert len(heads) > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_which_answer_came_by_when(case, language) -> None:
    """30 with data after 20 days, 20 refused after 50, 30 waiting."""
    rows = [case(n, outcome=Answer.DATA, days=20) for n in range(30)]
    rows += [case(n, outcome=Answer.REFUSED, days=50) for n in range(30, 50)]
    rows += [case(n) for n in range(50, 80)]
    made = report(rows, language=language)
    months = {
        one.cause: (one.month and one.month.share, one.quarter and one.quarter.share) for one in made.figures.by_when
    }
    assert months == {"data": (0.38, 0.38), "refused": (None, 0.25)}
    assert 'aria-labelledby="when"' in html(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_where_nobody_knows_the_day_of_an_answer(case, language) -> None:
    """30 answers by mail after 5 days; 30 on paper, noted after 40 days, of which nothing is known since day 3."""
    rows = [case(n, outcome=Answer.DATA, days=5) for n in range(30)]
    rows += [case(n, outcome=Answer.DATA, days=40, since=dt.date(2026, 3, 5)) for n in range(30, 60)]
    rows += [case(n) for n in range(60, 100)]
    page = html(report(rows, language=language))
    assert "Turnbull" in page
    assert "Turnbull" not in html(report(rows[:30] + rows[60:], language=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_compares_the_arms_of_a_trial(case, language) -> None:
    rows = [
        case(n, outcome=Answer.DATA if n % 3 else Answer.NONE, days=9 if n % 3 else None, overdue=not n % 3, arm="mail")
        for n in range(90)
    ]
    rows += [case(n, overdue=True, arm="paper <b>") for n in range(90, 180)]
    drawn = Drawn((("mail", "paper <b>"), ("few", "none")), ("Seed 7.",))
    made = build("T", "O", rows, None, today=TODAY, language=language, threshold=10, drawn=drawn)
    page = words(html(made))
    for word in ("Seed 7.", "paper &lt;b&gt;", "p &lt; 0", "−60"):
        assert word in page
    assert len(made.trial.comparisons) == 1
    few = build("T", "O", rows[:5], None, today=TODAY, language=language, threshold=10, drawn=drawn)
    assert texts.text(language, "report.trial.few", threshold=10) in html(few)
