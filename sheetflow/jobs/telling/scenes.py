"""What letters are made from: the plan in the workbook's language, and who is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from sheetflow.jobs.telling.mail import mail_address
from sheetflow.store.records import WorkbookRecord
from sheetflow.translate.digests.letters import Workbook
from sheetflow.translate.folding import fold
from sheetflow.translate.language import Tongue
from sheetflow.translate.views.scene import Scene
from sheetflow.usecases.recalculate import Outcome


def scene_of(outcome: Outcome) -> Scene:
    """The plan in the workbook's own language and calendar."""
    workspace = outcome.reading.workspace
    settings = workspace.settings
    tongue = Tongue(settings.language, settings.calendar, outcome.plan.today)
    return Scene(plan=outcome.plan, workspace=workspace, tongue=tongue)


def told_nothing(scene: Scene) -> frozenset[str]:
    """The folded names and IDs that `Messages off` names."""
    return frozenset(map(fold, scene.workspace.messages.off))


def addressed(scene: Scene) -> Iterator[tuple[str, str]]:
    """Everybody in the team who has a mail address and wants mail, with it."""
    off = told_nothing(scene)
    for person in scene.workspace.people or ():
        address = mail_address(person.email)
        if address and fold(person.name) not in off:
            yield person.name, address


def workbook_of(record: WorkbookRecord, base_url: str) -> Workbook:
    """The workbook as letters name it: with a link to it where it is on the web, and to its page."""
    links = []
    if urlsplit(record.address).scheme == "https":
        links.append(("open_workbook", record.address))
    if base_url:
        links.append(("open_plan", f"{base_url}/workbooks/{record.id}"))
    return Workbook(name=record.name, links=tuple(links))
