"""Runs as a page tells them: how each stands, who asked, what it found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from sheetflow.entrypoints.web.pages.wording import Wording
from sheetflow.store.records import Counts, RunRecord, RunState

TONES = {
    RunState.WAITING: "grey",
    RunState.RUNNING: "amber",
    RunState.DONE: "green",
    RunState.FAILED: "red",
}
UNDER_WAY = frozenset({RunState.WAITING, RunState.RUNNING})
WITHOUT_NAME = frozenset({"timetable", "edit", "local"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run."""

    id: str
    state: str
    tone: str
    asked: str
    when: str
    took: str
    told: str
    stage: str
    share: float
    is_under_way: bool


def run_lines(runs: Iterable[RunRecord], words: Wording, zone: tzinfo) -> list[RunLine]:
    """The runs in their order."""
    return [_line(run, words, zone) for run in runs]


def _line(run: RunRecord, words: Wording, zone: tzinfo) -> RunLine:
    return RunLine(
        id=run.id,
        state=words(f"run_{run.state}"),
        tone=TONES[run.state],
        asked=who_asked(run.asked_by, words),
        when=words.moment(run.queued_at, zone),
        took=_took(run, words),
        told=_told(run, words),
        stage=words(f"stage_{run.stage}".lower()) if run.stage else words("run_waiting"),
        share=run.share,
        is_under_way=run.state in UNDER_WAY,
    )


def who_asked(asked_by: str, words: Wording) -> str:
    """Who or what asked for the run: an address, a key's name, or the timetable."""
    kind, colon, name = asked_by.partition(":")
    if kind in WITHOUT_NAME:
        return words(f"asked_{kind}")
    return name if colon else asked_by


def _took(run: RunRecord, words: Wording) -> str:
    if run.started_at is None or run.finished_at is None:
        return ""
    return words("seconds", seconds=(run.finished_at - run.started_at).total_seconds())


def _told(run: RunRecord, words: Wording) -> str:
    if run.error:
        return " ".join(filter(None, words.tongue.told(run.error, run.facts)))
    return counts_told(run.counts, words) if run.counts else ""


def counts_told(counts: Counts, words: Wording) -> str:
    """What the run found and did, in a line."""
    return words("run_counts", red=counts.red, amber=counts.amber, moved=counts.moved)
