"""doccano's page in a real headless Chromium, worked as a person works it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

ENTITY = '#container svg g[style*="pointer"]'
OPEN = ".menuable__content__active"
# Where a stretch of the text stands on the screen. Elements with a negative y are for measuring.
PLACE = """surface => {
  for (const text of document.querySelectorAll('#container svg g > text[id*=":"]')) {
    if (Number(text.getAttribute('y')) < 0) continue;
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(surface);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + surface.length);
      const box = range.getBoundingClientRect();
      return [box.left, box.right, (box.top + box.bottom) / 2];
    }
  }
  return null;
}"""


@contextmanager
def person(browser, url: str, user: str, password: str) -> Iterator[Page]:
    """Log somebody in and give the page to work with."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{url}/auth", wait_until="networkidle")
        page.fill("input[name=username]", user)
        page.fill("input[name=password]", password)
        page.click("[data-test=delete-button]:not([disabled])")
        page.wait_for_url("**/projects**")
        yield Page(page, url)
    finally:
        context.close()


class Page:
    """One person's view of a project."""

    def __init__(self, page, url):
        self._page, self._url = page, url

    @contextmanager
    def _answered(self, method: str, status: int, *, more: int) -> Iterator[None]:
        """Wait until the server took what is done inside, and the page shows so many more."""
        expected = len(self._page.query_selector_all(ENTITY)) + more
        redrawn = self._page.expect_response(lambda r: r.url.endswith("/relations") and r.ok)
        with (
            redrawn,
            self._page.expect_response(
                lambda r: r.request.method == method and r.status == status and "/spans" in r.url
            ),
        ):
            yield
        self._page.wait_for_function(
            f"n => document.querySelectorAll('{ENTITY}').length === n", arg=expected
        )
        self._settle()

    def _settle(self) -> None:
        self._page.wait_for_function(f"() => !document.querySelector('{OPEN}')")
        frame = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 200)))"
        self._page.evaluate(frame)

    def open(self, project: int, number: int) -> None:
        """Go to the document of that number, from 1, and wait until its text stands there."""
        with self._page.expect_response(lambda r: r.url.endswith("/relations") and r.ok):
            self._page.goto(f"{self._url}/projects/{project}/sequence-labeling?page={number}")
        self._page.wait_for_selector('#container svg g > text[id*=":"]')
        self._page.wait_for_load_state("networkidle")
        self._settle()

    def entities(self) -> list[str]:
        """Return the labels that the page shows."""
        return [e.text_content().strip() for e in self._page.query_selector_all(ENTITY)]

    def labels(self) -> dict[str, str]:
        """Return the labels that can be chosen, each with its key, and their colours."""
        chips = self._page.query_selector_all(".v-chip--clickable")
        colour = "chip => getComputedStyle(chip).backgroundColor"
        return {" ".join(chip.text_content().split()): chip.evaluate(colour) for chip in chips}

    def guideline(self) -> str:
        """Open the guideline from the toolbar, as an annotator does, and return what it shows."""
        self._page.locator("main .v-toolbar button").nth(3).click()
        self._page.wait_for_selector(".v-dialog--active")
        self._page.wait_for_function(
            "() => document.querySelector('.v-dialog--active').textContent.length > 40"
        )
        return " ".join(self._page.inner_text(".v-dialog--active").split())

    def delete(self, nth: int) -> None:
        """Delete the entity of that number, from 0."""
        self._page.locator(ENTITY).nth(nth).click()
        with self._answered("DELETE", 204, more=-1):
            self._page.click(f"{OPEN} .v-chip__close")

    def relabel(self, nth: int, label: str) -> None:
        """Give the entity of that number, from 0, another label."""
        self._page.locator(ENTITY).nth(nth).click()
        with self._answered("PATCH", 200, more=0):
            self._page.click(f"{OPEN} .v-list-item--link:has-text('{label}')")

    def add(self, surface: str, label: str) -> None:
        """Choose the label by its key and drag over a stretch of the text."""
        self._page.keyboard.press(label[0].lower())
        self._page.wait_for_selector(f".v-chip--active:has-text('{label}')")
        for _ in range(20):
            if self._drag(surface):
                break
        with self._answered("POST", 201, more=1):
            self._page.mouse.up()

    def _drag(self, surface: str) -> bool:
        """Press the button and drag; where the page was redrawn meanwhile, take it back."""
        left, right, y = self._page.evaluate(PLACE, surface)
        mouse = self._page.mouse
        mouse.move(left + 1, y)
        mouse.down()
        mouse.move((left + right) / 2, y, steps=3)
        mouse.move(right - 1, y, steps=3)
        if self._page.evaluate("() => getSelection().toString()") == surface:
            return True
        mouse.move(left + 1, y)
        mouse.up()
        self._settle()
        return False

    def confirm(self) -> None:
        """Press the button that approves the document."""
        with self._page.expect_response(
            lambda r: r.request.method == "POST" and r.url.endswith("/states")
        ):
            self._page.locator("main .v-toolbar button").first.click()
