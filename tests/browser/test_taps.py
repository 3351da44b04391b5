"""Taps on a phone with bad wifi: each kind of question, and what a slip of the finger does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.quiz.round import Settings
from tests.browser.conftest import Opens
from tests.browser.hall import Hall, hall
from tests.web.playing import item

KINDS = (
    item("one"),
    item("several", "several", right=(0, 2)),
    item("order", "order", right=(2, 0, 1, 3)),
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall(tmp_path_factory.mktemp("hall")) as made:
        yield made


def without_network(page: Page, *letters: str) -> None:
    """Taps that wait on the phone until the network is back."""
    page.context.set_offline(True)
    for letter in letters:
        page.locator(f"#letter-{letter}").click()
    expect(page.locator("#net")).to_contain_text("No connection")
    assert "Kept" not in page.locator("#status").inner_text()
    page.context.set_offline(False)


def test_a_letter_tapped_twice_while_it_waits_is_tapped_once(room: Hall, opens: Opens) -> None:
    host = room.hosts(Settings(), KINDS)
    page = opens(room.play(host), "en", phone=True)
    page.locator("#name").fill("Ada")
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator("#now[data-ready]")).to_be_attached()
    status = page.locator("#status")
    room.leads(host, "next")
    expect(page.locator("#letter-B")).to_be_enabled()
    without_network(page, "B", "B", "A")
    expect(status).to_contain_text("Kept: B")
    room.leads(host, "show", "next")
    expect(status).to_contain_text("Question 2 of 3")
    without_network(page, "C", "C", "A")
    expect(status).to_contain_text("Kept: A, C")
    page.locator("#letter-C").click()
    expect(status).not_to_contain_text("A, C")
    expect(status).to_contain_text("Kept: A")
    room.leads(host, "show", "next")
    expect(status).to_contain_text("Question 3 of 3")
    without_network(page, "C", "A", "C", "B")
    expect(status).to_contain_text("Kept: C, A, B")
