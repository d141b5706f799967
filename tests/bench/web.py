"""The service under load, on loopback: presses of the button, plans of posted tabs, and all of it together for a minute.

python -m bench.web [SECONDS OF MIXED LOAD] [ROWS] [EFFORT]
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep
from urllib.parse import urlsplit

from bench.paper import show
from bench.workbook_file import write_workbook
from bench.workloads import TODAY, generated
from sheetflow.cells import EXCEL_EPOCH, Table
from sheetflow.store.records import Verb
from sheetflow.wiring.service import service_from
from sheetflow.wiring.settings import Settings
from sheetflow.wiring.workbooks import open_workbook

LOAD, SEED = 0.85, 1
COMMAND = "from sheetflow.entrypoints.cli import main; main()"
PRESSING, PLANNING = 8, 4
WARMING, SECONDS = 4.0, 10.0
PRESS_LIMIT, PLAN_LIMIT = 0.050, 0.300
PAGE = 4096
SETTLED = 0.25
"""Memory is compared between this share of the mixed load and its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request: what is sent again and again."""

    method: str
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A service that runs, its process, a key's header and workbook for each connection."""

    address: str
    process: int
    keys: tuple[tuple[str, str], ...]
    workbooks: tuple[str, ...]


def main(mixed: str = "60", rows: str = "50", effort: str = "balanced") -> None:
    """Print a line a load, and the memory that the service and its processes hold."""
    with tempfile.TemporaryDirectory() as folder, _service(Path(folder), int(rows)) as served:
        file = Path(folder) / "0.xlsx"
        plan = Asked(method="POST", path="/v1/plan", body=_posted(file, effort), headers=_JSON)
        _load(
            served, [plan] * PLANNING, WARMING
        )  # each process that plans is begun by its first job
        show(f"{'load':34}{'n':>7}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'errors':>8}")
        name = f"plan {rows} rows {effort}, {PLANNING} connections"
        _tell(name, _load(served, [plan] * PLANNING, SECONDS))
        presses = [_press(served, number) for number in range(PRESSING)]
        _tell(f"press, {PRESSING} connections", _load(served, presses, SECONDS))
        _mixed(served, file, plan, float(mixed))


def _mixed(served: Served, file: Path, plan: Asked, seconds: float) -> None:
    """Everything together; memory is looked at while it goes on."""
    key = served.keys[0]
    looks = [
        Asked(method="GET", path="/v1/workbooks", headers=(key,)),
        Asked(method="GET", path=f"/v1/workbooks/{served.workbooks[0]}/plan", headers=(key,)),
        Asked(method="GET", path=f"/v1/workbooks/{served.workbooks[0]}/runs", headers=(key,)),
        Asked(method="GET", path="/", headers=(("Accept-Language", "fa"),)),
    ]
    asked = [_press(served, 0), _press(served, 1), plan, _upload(file), *looks]
    sizes: list[float] = []
    watch = Thread(target=lambda: sizes.extend(_sizes(served.process, seconds)))
    watch.start()
    _tell(f"mixed, {len(asked)} connections, {seconds:.0f} s", _load(served, asked, seconds))
    watch.join()
    settled = sizes[int(len(sizes) * SETTLED) :]
    half = len(settled) // 2
    show(
        f"memory of the service and its processes: {max(settled[:half]):.0f} MB at most in the first half, "
        f"{max(settled[half:]):.0f} MB in the second"
    )


def _tell(name: str, results: Sequence[tuple[float, int]]) -> None:
    times = sorted(seconds for seconds, _ in results)
    errors = sum(status >= 400 for _, status in results)
    shares = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.95, 0.99))
    columns = "".join(f"{share:9.1f}" for share in shares)
    show(f"{name:34}{len(times):7}{columns}{errors:8}")


def _load(served: Served, asked: Sequence[Asked], seconds: float) -> list[tuple[float, int]]:
    """Ask each request on a connection of its own, again and again; gives seconds and status of each answer."""
    results: list[tuple[float, int]] = []
    ends = perf_counter() + seconds
    threads = [Thread(target=_ask, args=(served, one, ends, results.append)) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _ask(
    served: Served, asked: Asked, ends: float, tell: Callable[[tuple[float, int]], None]
) -> None:
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=60)
    while perf_counter() < ends:
        began = perf_counter()
        try:
            connection.request(asked.method, asked.path, asked.body or None, dict(asked.headers))
            answer = connection.getresponse()
            answer.read()
            tell((perf_counter() - began, answer.status))
        except OSError:
            tell((perf_counter() - began, 599))
            connection.close()
    connection.close()


_JSON = (("Content-Type", "application/json"),)


def _press(served: Served, number: int) -> Asked:
    path = f"/v1/workbooks/{served.workbooks[number]}/recalculate"
    return Asked(method="POST", path=path, headers=(served.keys[number],))


def _upload(file: Path) -> Asked:
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="plan.xlsx"\r\n\r\n'
    return Asked(
        method="POST",
        path=f"/v1/files/recalculate?today={TODAY}",
        body=head.encode() + file.read_bytes() + b"\r\n--x--\r\n",
        headers=(("Content-Type", "multipart/form-data; boundary=x"),),
    )


def _posted(file: Path, effort: str) -> bytes:
    """The workbook's tabs as the pane sends them."""
    tabs = [_tab(table) for table in open_workbook(str(file)).read().tables]
    return json.dumps({"tabs": tabs, "today": str(TODAY), "effort": effort}).encode()


def _tab(table: Table) -> dict[str, object]:
    values = [
        [(v - EXCEL_EPOCH).days if isinstance(v, date) else v for v in row] for row in table.rows
    ]
    formats = [
        ["yyyy-mm-dd" if isinstance(v, date) else "General" for v in row] for row in table.rows
    ]
    return {"name": table.sheet, "values": values, "formats": formats}


@contextmanager
def _service(folder: Path, rows: int) -> Iterator[Served]:
    """`sheetflow serve` in a process of its own, with a workbook and a key for each connection that presses."""
    environment = {
        "SHEETFLOW_DATABASE_URL": f"sqlite:///{folder / 'sheetflow.db'}",
        "SHEETFLOW_REQUESTS_PER_MINUTE": "1000000",
        "SHEETFLOW_LOG_LEVEL": "WARNING",
    }
    keys, workbooks = _registered(folder, rows, environment)
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().split()[3]
        yield Served(address=address, process=process.pid, keys=keys, workbooks=workbooks)
    finally:
        process.terminate()
        process.communicate()


def _registered(
    folder: Path, rows: int, environment: dict[str, str]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    service = service_from(Settings.from_environment(environment))
    keys, workbooks = [], []
    for number in range(PRESSING):
        file = folder / f"{number}.xlsx"
        write_workbook(generated(rows, LOAD, SEED + number).workspace, file)
        record = service.registry.add(
            str(file),
            name=file.stem,
            time_zone="UTC",
            schedule=None,
            owner=None,
            now=service.clock(),
        )
        _, text = service.keys.create(
            "load", frozenset({Verb.ADMINISTER}), record.id, service.clock()
        )
        keys.append(("Authorization", f"Bearer {text}"))
        workbooks.append(record.id)
    service.close()
    return tuple(keys), tuple(workbooks)


def _sizes(process: int, seconds: float) -> Iterator[float]:
    """The memory of a process and all that it began, in megabytes, once a second."""
    ends = perf_counter() + seconds
    while perf_counter() < ends:
        yield sum(map(_size, (process, *_begun_by(process))))
        sleep(1.0)


def _begun_by(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children")
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    assert children.exists(), "memory is looked at on Linux alone"
    return [int(child) for task in tasks for child in task.read_text().split()]


def _size(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE / 1e6
    except (OSError, IndexError):  # it has ended meanwhile
        return 0.0


if __name__ == "__main__":
    main(*sys.argv[1:])
