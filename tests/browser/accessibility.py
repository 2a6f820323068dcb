"""What axe finds wrong with the page that a browser shows.

The page is handed axe once and asked for nothing but violations: both are most of the time it takes.
"""

from axe_playwright_python.sync_playwright import Axe

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ASK = """(run) => axe.run(document, {runOnly: run, resultTypes: ["violations"]}).then(
  (found) => found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`)))"""


def broken_rules(page, *, only: tuple[str, ...] = ()) -> list[str]:
    """Return each breach of the rules, or of those named in `only`, with the element that breaks it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    run = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": list(RULES)}
    return page.evaluate(ASK, run)


def broken_colours(page) -> list[str]:
    """In the dark the same elements have other colours, and nothing else is another: one rule sees that."""
    return broken_rules(page, only=("color-contrast",))


def fits(page) -> bool:
    """True where nothing has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
