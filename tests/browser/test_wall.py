"""The projector page seen from the last row: large enough, all of it at once, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.quiz.bank import bank
from bot.quiz.item import Item, said
from bot.quiz.round import Settings
from tests.browser.conftest import Opens
from tests.browser.hall import Hall, hall
from tests.desk.world import the_mind
from tests.web.playing import Host, item

SIZES = ((1280, 720), (1920, 1080), (1024, 768))
TWO = ("fr", "de")
# The share of the height under which nobody in the last row reads.
SMALLEST = 0.03
SERIOUS = ("serious", "critical")
NAMES = ("Table de la fenêtre", "Zoë", "Ali", "Grupo del fondo", "Bernd", "Awa", "Li", "Ines", "Jo")

TEXTS = """() => [...document.querySelectorAll("body *")].filter((e) =>
  e.offsetParent && !e.closest(".sr, template, script, svg") &&
  [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .map((e) => [e.className + ": " + e.textContent.trim().slice(0, 40),
    parseFloat(getComputedStyle(e).fontSize) / window.innerHeight])"""
# What sticks out of its box or of the wall.
CUT = """() => {
  const main = document.getElementById("main"), root = document.documentElement;
  const out = [...document.querySelectorAll("header > *, #state > *, #main > *")].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.left < -1;
  }).map((e) => e.className || e.id);
  if (main.scrollHeight > main.clientHeight + 1) { out.push("main"); }
  if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) { out.push("scrolls"); }
  return out;
}"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall(tmp_path_factory.mktemp("hall")) as made:
        yield made


def length(each: Item) -> int:
    return max(
        len(said(each.text, code)) + sum(len(said(option, code)) for option in each.options)
        for code in TWO
    )


def longest(many: int) -> list[Item]:
    items = bank(the_mind().library.kb).items.values()
    return sorted(items, key=length, reverse=True)[:many]


def sound(page: Page, smallest: float = SMALLEST) -> None:
    """Nothing is cut off or too small, in any of the usual shapes of a wall."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        # The type is fitted when the page is told of its new size.
        page.evaluate("window.dispatchEvent(new Event('resize'))")
        assert page.evaluate(CUT) == [], (width, height)
        small = [text for text in page.evaluate(TEXTS) if text[1] < smallest - 1e-4]
        assert small == [], (width, height)
        code = page.locator(".code")
        share = float(code.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")) / height
        assert share >= 0.12 - 1e-4, (width, height)


def leads(room: Hall, host: Host, page: Page, number: int, deed: str) -> None:
    room.leads(host, deed)
    wanted = {"next": "0 sur", "close": "Fermée", "show": "Bonne réponse"}[deed]
    expect(page.locator("#state")).to_contain_text(f"Question {number}/")
    expect(page.locator("#state")).to_contain_text(wanted)


@pytest.mark.timeout(240)
def test_the_longest_questions_of_the_bank_fit_on_every_wall(room: Hall, opens: Opens) -> None:
    items = longest(6)
    host = room.hosts(Settings(title="Atelier", seconds=90, languages=TWO), items)
    room.joins(host, *NAMES)
    page = opens(room.screen(host), "fr")
    for number in range(1, len(items) + 1):
        leads(room, host, page, number, "next")
        sound(page)
        leads(room, host, page, number, "close")
        room.leads(host, "paper 3 1 2 0")
        expect(page.locator(".cards")).to_be_visible()
        sound(page)
        leads(room, host, page, number, "show")
        sound(page)


def test_six_options_longer_than_any_rule_still_fit(room: Hall, opens: Opens) -> None:
    long = {code: "Une très longue réponse qui prend de la place " * 2 for code in TWO}
    asked = {code: "Une question que personne ne devrait poser ainsi ? " * 6 for code in TWO}
    own = Item("own", "several", asked, (long,) * 6, (0, 3), asked)
    host = room.hosts(Settings(languages=TWO), [own])
    room.joins(host, *NAMES)
    page = opens(room.screen(host), "fr")
    for deed in ("next", "close", "show"):
        leads(room, host, page, 1, deed)
        sound(page, smallest=0.018)


def test_lobby_board_and_end_fit_on_every_wall(room: Hall, opens: Opens) -> None:
    host = room.hosts(Settings(title="Un atelier au bord du fleuve", languages=TWO), [item("one")])
    page = opens(room.screen(host), "fr")
    sound(page)
    room.joins(host, *(f"{name} {n}" for n in range(5) for name in NAMES))
    expect(page.locator("#state")).to_contain_text("45 personnes")
    sound(page)
    leads(room, host, page, 1, "next")
    leads(room, host, page, 1, "show")
    room.leads(host, "board")
    expect(page.locator(".board li")).to_have_count(8)
    sound(page)
    room.leads(host, "end")
    expect(page.get_by_text("Merci à tout le monde")).to_be_visible()
    sound(page)


def test_the_clock_counts_down_to_nought_and_waits(room: Hall, opens: Opens) -> None:
    host = room.hosts(Settings(seconds=2, languages=TWO), [item("one")])
    page = opens(room.screen(host), "fr")
    room.leads(host, "next")
    expect(page.locator(".time")).to_have_text("0:00")
    expect(page.locator("#state")).to_contain_text("0 sur 0")
    room.leads(host, "extend")
    expect(page.locator(".time")).not_to_have_text("0:00")


def test_the_pages_of_a_round_have_no_serious_fault_for_assistive_technology(
    room: Hall, opens: Opens
) -> None:
    host = room.hosts(Settings(title="Atelier", seconds=90, languages=TWO), longest(2))
    wall = opens(room.screen(host), "fr")
    enter = opens(f"{room.url}/play", "es", phone=True)
    light = opens(room.play(host), "fr", phone=True)
    dark = opens(room.play(host), "de", phone=True, dark=True)
    pages = [wall, light, dark]
    faultless([enter, *pages])
    for page, name, button in ((light, "Ana", "Participer"), (dark, "Ben", "Mitspielen")):
        page.locator("#name").fill(name)
        page.get_by_role("button", name=button).click()
        expect(page.locator("#who")).to_contain_text(name)
    faultless(pages)
    for deed, words in (
        ("next", "À vous"),
        ("pause", "C'est la pause"),
        ("close", "Les réponses sont fermées"),
        ("show", "bonnes réponses"),
        ("end", "Le quiz est terminé"),
    ):
        room.leads(host, deed)
        expect(light.locator("#status")).to_contain_text(words)
        if deed == "next":
            light.locator("form.answers button").first.click()
            expect(light.locator("#status")).to_contain_text("Gardé")
        faultless(pages)


def faultless(pages: list[Page]) -> None:
    for page in pages:
        found = Axe().run(page).response["violations"]
        serious = [
            f"{each['id']}: {node['html'][:160]}"
            for each in found
            if each["impact"] in SERIOUS
            for node in each["nodes"]
        ]
        assert serious == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
