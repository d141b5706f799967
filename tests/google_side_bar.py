"""The add-on's side bar in a real browser, 300 pixels wide as Google shows it, over the script that runs in Node."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from google_addon_desk import AddonDesk, ScriptError

WIDTH, HEIGHT = 300, 700
PLACE = "https://sidebar.example/"
SCRIPT_RUN = """
window.google = {script: {run: (function () {
  function runner(done, failed) {
    return new Proxy({}, {get: function (_, name) {
      if (name === 'withSuccessHandler') { return function (handler) { return runner(handler, failed); }; }
      if (name === 'withFailureHandler') { return function (handler) { return runner(done, handler); }; }
      return function () {
        window.calledByPage(name, Array.from(arguments)).then(function (answer) {
          if ('error' in answer) { failed(new Error(answer.error)); } else { done(answer.result); }
        });
      };
    }});
  }
  return runner(function () {}, function () {});
})()}};
"""


class SideBar:
    """A side bar that is open in a page, and what the page complained of."""

    def __init__(self, page: Page, desk: AddonDesk) -> None:
        """Use the page for the side bars of the desk."""
        self.page = page
        self.desk = desk
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.expose_function("calledByPage", self._called)
        page.add_init_script(SCRIPT_RUN)

    def open(self, entry: str) -> Page:
        """Choose an entry of the menu, and show the side bar that it opens."""
        self.desk.run(entry)
        content = self.desk.look()["sidebar"]["content"]
        self.page.unroute_all()
        self.page.route(
            PLACE,
            lambda route: route.fulfill(body=content, content_type="text/html; charset=utf-8"),
        )
        self.page.goto(PLACE)
        return self.page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _called(self, name: str, args: list[Any]) -> dict[str, Any]:
        try:
            return {"result": self.desk.run(name, *args)}
        except ScriptError as error:
            return {"error": str(error)}


@contextmanager
def browser_at(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
