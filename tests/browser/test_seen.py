"""What the pages look like: no serious fault for those who read them otherwise, and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Opens, Running, sow, started

PICTURES = ROOT / "docs" / "pictures"
DESK = {
    "today": "/desk",
    "teams": "/desk/teams",
    "team": "/desk/teams/seed-e",
    "programme": "/desk/programme",
    "questions": "/desk/questions",
    "quiz": "/desk/quiz",
    "sets": "/desk/quiz/sets",
    "played": "/desk/quiz/seed-round/debrief",
    "content": "/desk/content/p3.red_lines",
    "people": "/desk/people",
    "record": "/desk/audit",
    "health": "/desk/health",
    "me": "/desk/me",
    "erase": "/desk/erase/seed-e",
    "coverage": "/desk/content/coverage",
}
# Those with a picture in docs/, each light and dark, on a phone and on a desktop.
PICTURED = (
    "chat",
    "today",
    "teams",
    "team",
    "programme",
    "questions",
    "content",
    "quiz",
    "remote",
    "played",
)
SHAPES = [(phone, dark) for phone in (False, True) for dark in (False, True)]
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("seen")
    sow(folder, 12)
    with started(folder) as running:
        yield running


def desk(programme: Running, opens: Opens, path: str, **shape: bool) -> Page:
    """A page of the desk; the one sign-in is shared by its cookies."""
    kept = programme.folder / "signed-in.json"
    if not kept.exists():
        page = opens(programme.link)
        page.get_by_role("button", name="Come in").click()
        expect(page.get_by_role("heading", name="Today")).to_be_visible()
        page.context.storage_state(path=kept)
    return opens(f"{programme.url}{path}", storage_state=str(kept), **shape)


def chat(programme: Running, opens: Opens, **shape: bool) -> Page:
    """The chat page with the first questions answered."""
    page = opens(programme.url, "en", **shape)
    page.get_by_role("button", name="Yes, let's start").click()
    page.get_by_role("button", name="Finding partners").click()
    page.get_by_label("Your message").fill(
        "In our district, water from the wells makes children ill."
    )
    page.keyboard.press("Enter")
    expect(page.get_by_text("Why act now")).to_be_visible()
    expect(page.locator("#state")).to_have_text("")
    return page


def remote(programme: Running, opens: Opens, **shape: bool) -> Page:
    """A round just begun, as its host has it in the hand."""
    page = desk(programme, opens, "/desk/quiz", **shape)
    page.get_by_label("Title").fill("Tuesday's workshop")
    page.get_by_role("button", name="Open the round").click()
    page.get_by_role("button", name="First question").click()
    expect(page.get_by_role("button", name="Close the question")).to_be_visible()
    return page


def debrief(programme: Running, opens: Opens, **shape: bool) -> Page:
    page = remote(programme, opens, **shape)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="End the round").click()
    expect(page.get_by_role("heading", name="Quiz debrief")).to_be_visible()
    return page


def own_set(programme: Running, opens: Opens, **shape: bool) -> Page:
    """A set of two questions, taken from a text."""
    page = desk(programme, opens, "/desk/quiz/sets", **shape)
    page.get_by_label("Name of the set").fill("Workshop in March")
    page.get_by_text("Take the questions from").click()
    page.get_by_label("Or paste them here").fill("Who? {=we ~they}\n\nWhich? {~%50%a ~%50%b ~c}")
    page.get_by_role("button", name="Make the set").click()
    expect(page.get_by_text("2 questions were added.")).to_be_visible()
    return page


MADE = {"chat": chat, "remote": remote, "debrief": debrief, "set": own_set}


def opened(programme: Running, opens: Opens, name: str, **shape: bool) -> Page:
    if name in MADE:
        return MADE[name](programme, opens, **shape)
    return desk(programme, opens, DESK[name], **shape)


@pytest.mark.parametrize("name", [*MADE, *DESK])
@pytest.mark.parametrize(("phone", "dark"), [(False, False), (True, True)])
def test_a_page_has_no_serious_fault_for_assistive_technology(
    programme: Running, opens: Opens, name: str, phone: bool, dark: bool
) -> None:
    page = opened(programme, opens, name, phone=phone, dark=dark)
    found = Axe().run(page).response["violations"]
    serious = [
        f"{each['id']}: {node['html'][:160]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
    assert serious == []
    # Nor does a page scroll sideways.
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("name", PICTURED)
def test_each_page_has_its_pictures_in_the_docs(
    request: pytest.FixtureRequest, opens: Opens, name: str, update: bool
) -> None:
    for phone, dark in SHAPES:
        where = picture(name, phone, dark)
        if update:
            running = request.getfixturevalue("programme")
            page = opened(running, opens, name, phone=phone, dark=dark)
            page.screenshot(path=where, animations="disabled")
        assert where.read_bytes().startswith(b"\x89PNG"), f"{where.name}: run ./dev update"


def picture(name: str, phone: bool, dark: bool) -> Path:
    shape = f"{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
    return PICTURES / f"{name}-{shape}.png"
