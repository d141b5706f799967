"""The built-in workflows: all 36 types, as the sources of the field list their steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sheetflow.domain.settings import Language
from sheetflow.domain.workflow import Kind, Workflow
from sheetflow.translate.builtin import (
    SHORT_LENGTH,
    builtin_types,
    builtin_workflow,
    find_step,
    find_type,
    nearest_step,
    short_step,
    show_step,
    step_candidates,
)
from sheetflow.translate.shipped import shipped_workflows
from sheetflow.translate.vocabulary import vocabulary

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
DOMAIN = SHARED / "domain" / "workflows.yaml"
SOURCES = sorted((SHARED / "sources").glob("000*"))
PHASES = ("Specification", "Creation", "Approval", "Build", "Delivery", "Follow-up")

STANDARD = "Standard workflow"
LANDING_PAGE = "Landing page"
FACEBOOK_AD_POST = "Facebook ad post"
NEWSLETTER = "Newsletter (recurring)"


def workflows() -> Iterator[Workflow]:
    """All built-in workflows."""
    return map(builtin_workflow, builtin_types())


@pytest.fixture(scope="module")
def domain() -> Any:
    """The domain data that the shipped workflows come from."""
    if not DOMAIN.is_file():
        pytest.skip("the domain data is not beside the project")
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def source() -> list[str]:
    """The lines of the source text that lists three workflows."""
    if not SOURCES:
        pytest.skip("the source texts are not beside the project")
    text = SOURCES[0].read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def bullets(lines: list[str], first: str, last: str) -> list[str]:
    """The bullet points between two lines, told by how they begin."""
    starts = [next(i for i, line in enumerate(lines) if line.startswith(w)) for w in (first, last)]
    between = lines[slice(*starts)]
    return [line.removeprefix("•").strip() for line in between if line.startswith("•")]


def indonesian(type_name: str) -> list[str]:
    """The steps of a type as an Indonesian team reads them."""
    return [show_step(step.name, Language.ID) for step in builtin_workflow(type_name).steps]


def without_brackets(name: str) -> str:
    """`Persetujuan Internal (penciptaan)` as the source writes it where it tells the two apart by their group."""
    return re.sub(r" \(.*\)$", "", name)


def test_there_are_36_types() -> None:
    """Every type of the field is built in, under a name of its own."""
    assert len(builtin_types()) == len(set(builtin_types())) == 36


def test_types_and_steps_are_those_of_the_domain_data(domain: Any) -> None:
    """Steps, their order, days, hours and skills are the domain data's, type by type."""
    for shipped, given in zip(
        shipped_workflows()["types"], domain["publication_types"].values(), strict=True
    ):
        assert (shipped["name"], shipped["id"], shipped["fa"]) == (
            given["en"],
            given["id"],
            given["fa"],
        )
        ours = [(s["uid"], s["days"], s["hours"], s["skill"]) for s in shipped["steps"]]
        skills = domain["skills"]
        assert ours == [
            (s["uid"], s["days"], s["hours"], skills[s["skill"]]["en"]) for s in given["steps"]
        ]


def test_kinds_follow_the_domain_data(domain: Any) -> None:
    """What the field anchors on publishing publishes, what comes after follows up, waiting is waiting."""
    waits = {"wait_external", "wait_platform", "monitor"}
    for shipped, given in zip(
        shipped_workflows()["types"], domain["publication_types"].values(), strict=True
    ):
        for step, original in zip(shipped["steps"], given["steps"], strict=True):
            before = Kind.WAIT if original["kind"] in waits else Kind.WORK
            expected = {"publish": Kind.PUBLISH, "post": Kind.FOLLOW_UP, "pre": before}
            assert Kind(step["kind"]) is expected[original["anchor"]], (shipped["uid"], step["uid"])


def test_every_name_of_a_step_in_the_domain_data_is_known(domain: Any) -> None:
    """Each step is found by its English, Indonesian and Persian name."""
    words = vocabulary()
    for step in domain["steps"].values():
        for language in ("en", "id", "fa"):
            assert words.candidates("step", step[language]), step[language]


def test_every_alias_of_a_type_is_known(domain: Any) -> None:
    """Each type is found by every alias; a newsletter is the newsletter, not any e-mail campaign."""
    for uid, given in domain["publication_types"].items():
        for alias in (given["en"], given["id"], given["fa"], *given.get("aliases", ())):
            newsletter = (uid, alias) == ("email_campaign", "newsletter")
            assert find_type(alias) == (NEWSLETTER if newsletter else given["en"]), alias


def test_standard_workflow_is_the_source_s(source: list[str]) -> None:
    """The standard workflow has the source's 15 steps in the source's order."""
    listed = bullets(source, "Berikut ini Workflow", "Untuk memahami arti setiap langkah")
    assert len(listed) == 15
    assert [without_brackets(name) for name in indonesian(STANDARD)] == listed


def test_facebook_ad_post_is_the_source_s(source: list[str]) -> None:
    """The Facebook ad post has the source's 11 steps in the source's order."""
    listed = bullets(source, "Posting Iklan Facebook", "Membuat halaman arahan")
    assert len(listed) == 11
    assert indonesian(FACEBOOK_AD_POST) == listed


def test_landing_page_is_the_source_s(source: list[str]) -> None:
    """The landing page has the source's 13 steps in the source's order and words."""
    listed = bullets(source, "Membuat halaman arahan", "Menggunakan Workflow dalam Tugas")
    assert len(listed) == 13
    assert indonesian(LANDING_PAGE) == listed


def test_each_workflow_is_sound() -> None:
    """Names are unique, one step publishes, and steps refer to steps before them."""
    for workflow in workflows():
        names = [step.name for step in workflow.steps]
        assert len(names) == len(set(names)), workflow.type
        assert [step.kind for step in workflow.steps].count(Kind.PUBLISH) == 1, workflow.type
        for place, step in enumerate(workflow.steps):
            assert step.after == tuple(names[max(0, place - 1) : place])
            assert {*step.not_by, *filter(None, [step.returns_to])} <= set(names[:place])
            assert step.quarters >= 1
            assert step.phase in PHASES


def test_skills_and_names_are_in_the_vocabulary() -> None:
    """Every skill and every step of a built-in workflow can be shown in all languages."""
    words = vocabulary()
    for workflow in workflows():
        for step in workflow.steps:
            assert step.skill in words.canonical_names("skill")
            assert step.name in words.canonical_names("step")


def test_follow_ups_stand_behind_publishing() -> None:
    """What comes after the publish step, and only that, follows up."""
    for workflow in workflows():
        place = workflow.steps.index(workflow.publish)
        assert all(s.kind is Kind.FOLLOW_UP for s in workflow.steps[place + 1 :]), workflow.type
        assert all(s.kind in {Kind.WORK, Kind.WAIT} for s in workflow.steps[:place]), workflow.type


@pytest.mark.parametrize(
    ("type_name", "step", "back_to"),
    [
        (STANDARD, "Internal approval (creation)", "Design"),
        (STANDARD, "External approval (creation)", "Design"),
        (STANDARD, "Build", "Design"),
        (STANDARD, "Internal approval (build)", "Build"),
        (STANDARD, "External approval (build)", "Build"),
        ("E-mail campaign", "Internal approval", "E-mail build"),
        ("E-mail campaign", "External approval", "Design"),
        ("Press release", "Legal check", "Copywriting"),
        ("Google Ads", "Ad platform review", "Copywriting"),
        ("Influencer post", "Internal approval", "Creator makes the content"),
        ("Website maintenance", "Build", None),
        (STANDARD, "Design", None),
    ],
)
def test_a_rejection_sends_the_row_back(type_name: str, step: str, back_to: str | None) -> None:
    """An approval sends back to the work that it judges, the build to the design."""
    assert builtin_workflow(type_name).step(step).returns_to == back_to


def test_nobody_approves_their_own_work() -> None:
    """An internal approval is not by the owner of the step that it sends back to; no other step is bound so."""
    for workflow in workflows():
        for step in workflow.steps:
            is_internal = step.name.startswith("Internal approval")
            assert step.not_by == ((step.returns_to,) if is_internal else ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("landing  PAGE", LANDING_PAGE),
        ("Halaman arahan", LANDING_PAGE),
        ("لندينگ", LANDING_PAGE),
        ("صفحه‌ی فرود", LANDING_PAGE),
        ("facebook_ad_post", FACEBOOK_AD_POST),
        ("Facebook ad", FACEBOOK_AD_POST),
        ("Facebook post", "Facebook / Instagram organic post"),
        ("Kampanye Facebook Ads", "Facebook Ads (campaign)"),
        ("FB campaign", "Facebook Ads (campaign)"),
        ("Newsletter", NEWSLETTER),
        ("Billboard", None),
    ],
)
def test_types_are_found_by_any_of_their_names(text: str, expected: str | None) -> None:
    """Case, spaces and letter variants do not matter; three kinds of Facebook work stay three."""
    assert find_type(text) == expected


@pytest.mark.parametrize(
    ("type_name", "text", "expected"),
    [
        (STANDARD, "desain", ("Design",)),
        (STANDARD, "طراحي", ("Design",)),
        (
            STANDARD,
            "Internal approval",
            ("Internal approval (creation)", "Internal approval (build)"),
        ),
        (STANDARD, "Persetujuan Internal (penciptaan)", ("Internal approval (creation)",)),
        (FACEBOOK_AD_POST, "Internal approval", ("Internal approval",)),
        (FACEBOOK_AD_POST, "Persetujuan internal (penciptaan)", ()),
        (NEWSLETTER, "Approval", ("Internal approval",)),
        (FACEBOOK_AD_POST, "Approval", ("Internal approval", "External approval")),
        (NEWSLETTER, "Shooting", ()),
    ],
)
def test_steps_are_found_within_their_workflow(
    type_name: str, text: str, expected: tuple[str, ...]
) -> None:
    """A name that two steps share is ambiguous only where a workflow has both."""
    workflow = builtin_workflow(type_name)
    assert step_candidates(workflow, text) == expected
    assert find_step(workflow, text) == (expected[0] if len(expected) == 1 else None)


def test_a_misspelt_step_has_a_nearest_one() -> None:
    """A near miss in any language leads to the step."""
    workflow = builtin_workflow(STANDARD)
    assert nearest_step(workflow, "Desgin") == "Design"
    assert nearest_step(workflow, "Perencanan") == "Planning"
    assert nearest_step(workflow, "xyz") is None


@pytest.mark.parametrize("language", list(Language))
def test_short_labels_fit_a_bar(language: Language) -> None:
    """Every step has a label of at most 8 characters, a team's own step too."""
    own = ("Fotografie", "Photo shoot on location", "Cut")
    for name in (*vocabulary().canonical_names("step"), *own):
        assert 0 < len(short_step(name, language)) <= SHORT_LENGTH
    assert short_step("Copywriting", Language.EN) == "Copy"
    assert short_step("Photo shoot on location", language) == "Photo"


def test_an_unknown_type_has_no_workflow() -> None:
    """Asking for the workflow of a type that is not built in is a fault of the caller."""
    with pytest.raises(KeyError):
        builtin_workflow("Billboard")
