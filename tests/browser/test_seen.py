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
    "content": "/desk/content/p3.red_lines",
    "people": "/desk/people",
    "record": "/desk/audit",
    "health": "/desk/health",
    "me": "/desk/me",
    "erase": "/desk/erase/seed-e",
    "coverage": "/desk/content/coverage",
}
# Those with a picture in docs/, each light and dark, on a phone and on a desktop.
PICTURED = ("chat", "today", "teams", "team", "programme", "questions", "content")
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


def opened(programme: Running, opens: Opens, name: str, **shape: bool) -> Page:
    if name == "chat":
        return chat(programme, opens, **shape)
    return desk(programme, opens, DESK[name], **shape)


@pytest.mark.parametrize("name", ["chat", *DESK])
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
