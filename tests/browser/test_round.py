"""A whole live round in a real Chromium: three phones, three languages, a wall, bad luck."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens, Running, started
from tests.browser.test_seen import PICTURES

LETTERS = "ABCDEF"
# A topic without questions to be put in order, whose right letters the remote cannot tell.
TOPIC = "definition"


@dataclass
class Desk:
    """The trainer's remote."""

    page: Page
    address: str = ""

    def starts(self, amorce: Running) -> None:
        """Signs in and starts a round of three questions for French and German."""
        self.page.get_by_role("button", name="Come in").click()
        expect(self.page.get_by_role("heading", name="Today")).to_be_visible()
        self.page.goto(f"{amorce.url}/desk/quiz")
        self.page.locator("#title").fill("Monday workshop")
        self.page.locator("#number").fill("3")
        self.page.locator(f'input[name="topic"][value="{TOPIC}"]').check()
        self.page.locator("#seconds").select_option("90")
        self.page.locator("#first").select_option("fr")
        self.page.locator("#second").select_option("de")
        self.page.get_by_role("button", name="Open the round").click()
        expect(self.page.locator(".join .code")).to_be_visible()
        self.address = self.page.url

    @property
    def code(self) -> str:
        return (self.page.locator(".join .code").text_content() or "").strip()

    @property
    def screen(self) -> str:
        return str(self.page.locator('a[href*="/screen/"]').evaluate("(link) => link.href"))

    def presses(self, deed: str) -> None:
        button = self.page.locator(f'form.remote button[name="deed"][value="{deed}"]').first
        old = self.page.locator('input[name="at"]').first.get_attribute("value")
        button.click()
        gone = self.page.locator(f'form.remote input[name="at"][value="{old}"]')
        if deed not in ("extend", "board", "board_off", "end"):
            expect(gone).to_have_count(0)

    def right(self) -> list[str]:
        """The right letters of the present question."""
        return [
            each.strip() for each in self.page.locator(".split li:has(.tag) b").all_inner_texts()
        ]


@dataclass
class Phone:
    """Somebody's phone; `words`: how the page says "kept" in their language."""

    page: Page
    kept: str

    def joins(self, name: str, button: str) -> None:
        self.page.locator("#name").fill(name)
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.locator("#now[data-ready]")).to_be_attached()
        expect(self.page.locator("#who")).to_contain_text(name)

    @property
    def seat(self) -> str:
        return self.page.locator("#who .code").inner_text()

    def taps(self, letters: list[str], before: int = 0) -> None:
        """Taps one after the other, each once the one before is kept; `before` are so already."""
        for n in range(before, len(letters)):
            self.page.locator(f"#letter-{letters[n]}").click()
            self.sees_kept(letters[: n + 1])

    def sees_kept(self, letters: list[str]) -> None:
        expect(self.page.locator("#status")).to_contain_text(f"{self.kept} {', '.join(letters)}")

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)


def wrong(right: list[str]) -> list[str]:
    """One letter that is not among the right ones, and that every question has."""
    return [next(letter for letter in LETTERS if letter not in right)]


Shot = Callable[[Page, str], None]


@pytest.mark.timeout(240)
def test_a_whole_live_round(tmp_path: Path, opens: Opens, update: bool) -> None:
    def shot(page: Page, name: str) -> None:
        where = PICTURES / f"round-{name}.png"
        if update:
            page.screenshot(path=where, animations="disabled")
        assert where.read_bytes().startswith(b"\x89PNG"), f"{where.name}: run ./dev update"

    with started(tmp_path) as amorce:
        desk = Desk(opens(amorce.link))
        desk.page.on("dialog", lambda dialog: dialog.accept())
        desk.starts(amorce)
        wall = opens(desk.screen, "fr")
        wall.set_viewport_size({"width": 1280, "height": 720})
        code = desk.code
        ana, ben, seat = first_question(amorce, opens, desk, wall, shot)
        # The trainer's page would only complain; the wall and the phones stay open.
        desk.page.goto("about:blank")
        port = int(amorce.url.rpartition(":")[2])
        amorce.kill()
    with started(tmp_path, port) as amorce:
        desk.page.goto(desk.address)
        where = f"{amorce.url}/play/{code}"
        ben, cem = second_question(where, opens, desk, wall, (ana, seat), shot)
        third_question(desk, wall, [ana, ben, cem], shot)
        the_end(desk, wall, [ana, ben, cem], shot)


def first_question(
    amorce: Running, opens: Opens, desk: Desk, wall: Page, shot: Shot
) -> tuple[Phone, Phone, str]:
    """Two join in their own ways and answer; then one phone is lost. The seat is left."""
    ana = Phone(opens(f"{amorce.url}/play", "fr", phone=True), "Gardé :")
    ana.page.locator("#code").fill(desk.code.lower())
    ana.page.get_by_role("button", name="Continuer").click()
    shot(ana.page, "join")
    ana.joins("Ana", "Participer")
    ben = Phone(
        opens(f"{amorce.url}/play/{desk.code}", "de", phone=True, dark=True), "Gespeichert:"
    )
    ben.joins("Ben", "Mitspielen")
    for name in ("Ana", "Ben"):
        expect(wall.locator(".names")).to_contain_text(name)
    shot(wall, "lobby")
    desk.presses("next")
    expect(ana.page.locator("form.answers button").first).to_be_enabled()
    right = desk.right()
    ana.taps(right)
    shot(ana.page, "kept")
    expect(ben.page.locator("form.answers button").first).to_be_enabled()
    ben.taps(wrong(right))
    expect(wall.locator("#state")).to_contain_text("2 sur 2 ont répondu")
    expect(wall.locator(".options rect")).to_have_count(0)
    shot(wall, "question")
    desk.presses("close")
    expect(wall.locator(".options rect").first).to_be_attached()
    ana.sees("Les réponses sont fermées.")
    desk.presses("show")
    ana.sees("C'est juste")
    ben.sees(f"Richtig {'ist' if len(right) == 1 else 'sind'} {', '.join(right)}.")
    expect(wall.locator(".why")).to_be_visible()
    shot(wall, "answer")
    seat = ben.seat
    ben.page.context.close()
    return ana, ben, seat


def second_question(
    where: str, opens: Opens, desk: Desk, wall: Page, before: tuple[Phone, str], shot: Shot
) -> tuple[Phone, Phone]:
    """After a restart all go on by themselves; one comes back by the seat, one comes late."""
    ana, seat = before
    desk.presses("next")
    expect(wall.locator("#state")).to_contain_text("Question 2/3")
    ana.sees("Question 2 sur 3")
    ben = Phone(opens(where, "de", phone=True, dark=True), "Gespeichert:")
    ben.page.get_by_text("Ich war schon dabei").click()
    ben.page.get_by_label("Persönlicher Code").fill(seat.lower())
    ben.page.get_by_role("button", name="Zurück in die Runde").click()
    expect(ben.page.locator("#who")).to_contain_text("Ben")
    cem = Phone(opens(where, "es", phone=True), "Guardado:")
    cem.joins("Cem", "Participar")
    right = desk.right()
    by_keyboard(ana, right)
    ben.taps(right)
    cem.taps(wrong(right))
    expect(wall.locator("#state")).to_contain_text("3 sur 3 ont répondu")
    desk.presses("show")
    cem.sees("Esta vez no:")
    desk.presses("board")
    expect(wall.locator(".board li")).to_have_count(3)
    expect(wall.locator(".board li").first).to_contain_text("Ana")
    shot(wall, "board")
    return ben, cem


def by_keyboard(phone: Phone, letters: list[str]) -> None:
    """From wherever the page is, to the letters and nowhere else; the focus stays near them."""
    for n, letter in enumerate(letters, 1):
        for _ in range(20):
            if phone.page.evaluate("document.activeElement.id") == f"letter-{letter}":
                break
            phone.page.keyboard.press("Tab")
        phone.page.keyboard.press("Enter")
        phone.sees_kept(letters[:n])
        assert phone.page.evaluate(
            "document.getElementById('now').contains(document.activeElement)"
        )


def third_question(desk: Desk, wall: Page, phones: list[Phone], shot: Shot) -> None:
    """A tap without any network arrives once, also over a reload; a pause is a pause."""
    ana, ben, cem = phones
    desk.presses("next")
    for phone in phones:
        expect(phone.page.locator("form.answers button").first).to_be_enabled()
    right = desk.right()
    ana.page.context.set_offline(True)
    ana.page.locator(f"#letter-{right[0]}").click()
    ana.page.locator(f"#letter-{right[0]}").click()
    expect(ana.page.locator("#net")).to_contain_text("Pas de réseau")
    expect(ana.page.locator(f"#letter-{right[0]}")).to_contain_text("en attente")
    assert "Gardé" not in ana.page.locator("#status").inner_text()
    shot(ana.page, "waiting")
    desk.presses("pause")
    cem.sees("Estamos en pausa")
    expect(wall.locator("#state")).to_contain_text("Pause")
    desk.presses("resume")
    ana.page.context.set_offline(False)
    ana.sees_kept(right[:1])
    ana.page.reload()
    ana.sees_kept(right[:1])
    expect(ana.page.locator("#net")).to_have_text("")
    ana.taps(right, before=1)
    ben.page.reload()
    ben.taps(right)
    expect(wall.locator("#state")).to_contain_text("2 sur 3 ont répondu")
    desk.presses("close")
    cem.sees("Esta pregunta quedó sin respuesta.")


def the_end(desk: Desk, wall: Page, phones: list[Phone], shot: Shot) -> None:
    """Each is told their own; what was missed is not held against anybody."""
    ana, ben, cem = phones
    desk.presses("end")
    ana.sees("3 bonnes réponses sur 3")
    ben.sees("2 richtige Antworten von 3")
    cem.sees("0 respuestas correctas de 2")
    cem.sees("Una pregunta quedó sin respuesta.")
    cem.sees("Una pregunta se hizo antes de su llegada: no le cuenta.")
    expect(wall.get_by_text("Merci à tout le monde")).to_be_visible()
    shot(wall, "end")
    ana.page.get_by_role("button", name="Oui, avec le nom").click()
    ana.sees("avec votre nom.")
    shot(ana.page, "result")
    ana.page.get_by_role("link", name="Mon attestation").click()
    ana.page.get_by_label("Le nom à imprimer").fill("Ana Conda")
    with ana.page.expect_download() as coming:
        ana.page.get_by_role("button", name="Télécharger").click()
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")
