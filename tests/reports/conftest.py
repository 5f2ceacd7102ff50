import datetime as dt
from importlib.resources import files
from pathlib import Path

import pytest

from rightskit.cases.model import Answer
from rightskit.reports.caserow import PLANNED, CaseRow
from rightskit.reports.rowparts import changed

SENT = dt.date(2026, 3, 2)


@pytest.fixture(scope="session")
def case():
    """A request that went out on 2 March 2026; `days` is when its final answer came."""

    def make(member=1, controller="Alpha Bureau", outcome=Answer.NONE, *, days=None, first=None, **rest) -> CaseRow:
        return changed(
            PLANNED,
            member=f"M{member:08d}",
            controller=controller,
            first_answer=None if first is None else SENT + dt.timedelta(days=first),
            final=None if days is None else SENT + dt.timedelta(days=days),
            outcome=outcome,
            **({"received": True, "sent": SENT} | rest),
        )

    return make


CHROMIUM = Path("/usr/bin/chromium")
AXE = """async () => (await axe.run(document)).violations.flatMap(
    found => found.nodes.map(node => found.id + ": " + node.target + " " + node.failureSummary))"""
LOOK = """() => ({
    width: document.documentElement.scrollWidth,
    paper: getComputedStyle(document.body).backgroundColor,
    headings: [...document.querySelectorAll('h1, h2, h3')].map(part => Number(part.tagName[1])),
    landmarks: ['header', 'main', 'footer'].map(name => document.querySelectorAll('body > ' + name).length),
    nameless: [...document.querySelectorAll('svg:not([aria-hidden])')]
        .filter(part => !part.closest('[aria-hidden]') && !part.querySelector('title')).length,
    unheard: [...document.querySelectorAll('thead')].filter(part => getComputedStyle(part).display === 'none').length,
    cut: [...document.querySelectorAll('.stacked')].filter(part => part.offsetWidth > part.parentElement.clientWidth).length,
    captionless: [...document.querySelectorAll('table')].filter(part => !part.caption).length,
})"""


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--headless", "--disable-gpu"]
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def look(browser):
    """Opens a page of a given width and scheme; gives what it said, what it asked for, and what it looks like."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def open_(file: Path, width: int = 360, scheme: str = "light") -> dict[str, object]:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        found = page.evaluate(LOOK) | {"said": said, "asked": asked}
        page.evaluate(axe)
        found["axe"] = page.evaluate(AXE)
        context.close()
        return found

    return open_
