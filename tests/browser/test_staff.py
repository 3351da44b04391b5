"""A working day at the desk, in a real Chromium: find, read, note, take over, answer, give back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens, Running, sow, started


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An Amorce with a dozen made-up teams."""
    folder = tmp_path_factory.mktemp("programme")
    sow(folder, 12)
    with started(folder) as running:
        yield running


def signed_in(programme: Running, opens: Opens) -> Page:
    """Staff at the desk; the link is good for one browser, which the tests share by its cookies."""
    kept = programme.folder / "signed-in.json"
    if kept.exists():
        return opens(f"{programme.url}/desk", storage_state=str(kept))
    page = opens(programme.link)
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.context.storage_state(path=kept)
    return page


def write(page: Page, text: str) -> None:
    expect(page.locator("#write[data-ready]")).to_be_visible()
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")


def heard(page: Page, text: str) -> None:
    expect(page.locator(".said", has_text=text).last).to_be_visible()


def asks_for_somebody(programme: Running, opens: Opens) -> Page:
    """A founder on the chat page who wants to talk to somebody."""
    page = opens(programme.url, "en", phone=True)
    page.get_by_role("button", name="Yes, let's start").click()
    heard(page, "What would help you most")
    page.locator("form.choices button").first.click()
    write(page, "The harbour is full of old nets.")
    heard(page, "Why act now")
    write(page, "/person")
    page.get_by_role("button", name="Yes, please").click()
    heard(page, "Passed on")
    return page


def test_staff_find_a_stuck_team_take_over_answer_and_give_back(
    programme: Running, opens: Opens
) -> None:
    founder = asks_for_somebody(programme, opens)
    desk = signed_in(programme, opens)
    desk.goto(f"{programme.url}/desk")
    card = desk.locator(".cards > li", has_text="asks to talk to someone")
    card = card.filter(has_text="The harbour is full")
    card.get_by_role("link").click()
    expect(desk.get_by_text("The harbour is full of old nets.").first).to_be_visible()
    desk.get_by_role("button", name="Take over the conversation").click()
    heard(founder, "from the programme is writing with you")
    write(founder, "Good morning! Who pays for the boat?")
    expect(founder.locator("#state")).to_have_text("", timeout=15_000)
    desk.reload()
    expect(desk.get_by_text("Who pays for the boat?").first).to_be_visible()
    desk.locator("#text").fill("Let us look at that together tomorrow.")
    desk.get_by_role("button", name="Send", exact=True).click()
    heard(founder, "Let us look at that together tomorrow.")
    assert founder.locator(".said", has_text="I did not understand").count() == 0
    desk.get_by_role("button", name="Give it back to Amorce").click()
    heard(founder, "This is Amorce again")
    expect(founder.locator("form.choices button").first).to_be_visible()
    desk.goto(f"{programme.url}/desk")
    expect(desk.get_by_role("link", name="The harbour is full")).to_have_count(0)


def test_staff_note_something_for_their_colleagues(programme: Running, opens: Opens) -> None:
    desk = signed_in(programme, opens)
    desk.goto(f"{programme.url}/desk/teams/seed-e")
    desk.get_by_label("New note").fill("Call Inés before <Friday>.")
    desk.get_by_role("button", name="Add the note").click()
    expect(desk.get_by_text("Call Inés before <Friday>.")).to_be_visible()


def test_staff_filter_the_list_and_export_it(programme: Running, opens: Opens) -> None:
    desk = signed_in(programme, opens)
    desk.goto(f"{programme.url}/desk/teams")
    desk.get_by_label("Language", exact=True).select_option("es")
    expect(desk.get_by_role("link", name="Costa Limpia del Sur")).to_be_visible()
    expect(desk.get_by_role("link", name="Clear Air Harbour")).to_have_count(0)
    with desk.expect_download() as coming:
        desk.get_by_role("link", name="CSV").first.click()
    saved = Path(coming.value.path())
    with saved.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 2
    assert any("Costa Limpia del Sur" in row.values() for row in rows)


def test_a_teams_page_is_printed_without_forms_and_notes(programme: Running, opens: Opens) -> None:
    desk = signed_in(programme, opens)
    desk.goto(f"{programme.url}/desk/teams/seed-a")
    desk.emulate_media(media="print")
    expect(desk.get_by_role("heading", name="Lagune de Kanoa")).to_be_visible()
    expect(desk.get_by_role("button", name="Take over the conversation")).to_be_hidden()
    expect(desk.get_by_label("New note")).to_be_hidden()


def test_the_form_of_a_question_shows_only_what_its_kind_needs(
    programme: Running, opens: Opens
) -> None:
    page = signed_in(programme, opens)
    page.goto(f"{programme.url}/desk/quiz/sets")
    page.get_by_label("Name of the set").fill("Monday")
    page.get_by_role("button", name="Make the set").click()
    rows, ticks, numbers = (
        page.locator(f".option{each}") for each in ("", " .for-ticks", " .for-order")
    )
    shown = [each.filter(visible=True) for each in (rows, ticks, numbers)]
    for kind, expected in {
        "single": (6, 6, 0),
        "order": (6, 0, 6),
        "true_false": (2, 2, 0),
    }.items():
        page.get_by_label("Kind").select_option(kind)
        for found, n in zip(shown, expected, strict=True):
            expect(found).to_have_count(n)
    page.get_by_label("Kind").select_option("single")
    page.locator("#option_D").fill("never out of sight once it has words")
    page.get_by_label("Kind").select_option("true_false")
    expect(shown[0]).to_have_count(3)
