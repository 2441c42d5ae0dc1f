"""What the browser tests ask of a page: that it is accessible, and that it talks to nobody else."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def accessibility_findings(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA, one line for each element.

    Text in the colour of its background is a finding too, which axe itself only calls incomplete.
    """
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG_2_2_AA}}).response
    violations = [(rule, node) for rule in results["violations"] for node in rule["nodes"]]
    invisible = [(rule, node) for rule in results["incomplete"] if rule["id"] == "color-contrast" for node in rule["nodes"] if _has_equal_ratio(node)]
    return [f"{rule['id']}: {node['html']}" for rule, node in violations + invisible]


def _has_equal_ratio(node: dict) -> bool:
    return any((check.get("data") or {}).get("messageKey") == "equalRatio" for check in node["any"])


class Watch:
    """Writes down what a page may not do: ask another host, break the content security policy, raise an error."""

    def __init__(self, context: BrowserContext, *, site: str) -> None:
        self.site = site
        self.findings: list[str] = []
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.findings.append(f"script error: {error.error}"))

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:", "blob:", "about:")):
            self.findings.append(f"request to another host: {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.findings.append(message.text)
