"""Writing only while the workbook is ours: the lease is checked right before every writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging import getLogger
from threading import Event, Thread

from sheetflow.cells import Patch, Snapshot
from sheetflow.errors import OwnError
from sheetflow.jobs.desk import Desk
from sheetflow.store.records import Lease
from sheetflow.workbooks.port import Workbook, WriteReport

RENEWALS = 4
log = getLogger(__name__)


class Fence:
    """Keeps a lease alive, and tells when it was lost: others may be writing then."""

    def __init__(self, desk: Desk, lease: Lease) -> None:
        """Guard by this lease."""
        self._desk, self._lease = desk, lease
        self._is_lost = False
        self._over = Event()

    def check(self) -> None:
        """Renew the lease, so that its whole time lies ahead; raises OwnError where somebody else has taken it."""
        if self._is_lost or not self._renew():
            self._is_lost = True
            raise OwnError("lease_lost")

    def look(self) -> None:
        """Raise OwnError where it is known by now that the lease was lost; asks nobody."""
        if self._is_lost:
            raise OwnError("lease_lost")

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renew the lease from time to time while inside."""
        keeper = Thread(target=self._keep, name=f"lease of {self._lease.workbook}", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            self._over.set()
            keeper.join()

    def _keep(self) -> None:
        seconds = self._desk.pace.lease / RENEWALS
        while not (self._over.wait(seconds) or self._is_lost):
            try:
                self._is_lost = not self._renew()
            except Exception as error:  # noqa: BLE001  the database may be back before the lease lapses
                log.warning("a lease could not be renewed: %s", type(error).__name__)

    def _renew(self) -> bool:
        desk = self._desk
        return desk.leases.renew(self._lease, desk.clock(), desk.pace.lease)


class FencedWorkbook:
    """A workbook that is written only inside the fence; it remembers the stamp of what the plan was made from.

    `seen` is the stamp of the file as it was read, or as we left it: a save by somebody else between the two keeps
    the older stamp, so that their edit is noticed.
    """

    def __init__(
        self, workbook: Workbook, check: Callable[[], None], stamp: Callable[[], str | None]
    ) -> None:
        """Nothing is opened yet; `check` raises where the fence is down."""
        self._workbook, self._check, self._stamp = workbook, check, stamp
        self.seen: str | None = None

    def read(self, *, every_tab: bool = False) -> Snapshot:
        """All that the workbook holds now."""
        self.seen = self._stamp()
        return self._workbook.read(every_tab=every_tab)

    def write(self, patch: Patch) -> WriteReport:
        """Write the whole patch or nothing; raises OwnError where the workbook is not ours any more."""
        self._check()
        standing = self._stamp()
        report = self._workbook.write(patch)
        if standing == self.seen:
            self.seen = self._stamp()
        return report
