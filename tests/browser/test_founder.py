"""A founder's story on the chat page, in a real Chromium."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens, Running, started

YES = "Oui, commençons"


def tap(page: Page, label: str) -> None:
    """Presses a live button and waits for the next question."""
    page.get_by_role("button", name=label, exact=True).last.click()
    expect(page.locator("form.choices button:enabled").first).to_be_visible()


def write(page: Page, text: str) -> None:
    # Before the script is there, the key of a slow page only begins a new line.
    expect(page.locator("#write[data-ready]")).to_be_visible()
    page.get_by_label("Votre message").fill(text)
    page.keyboard.press("Enter")


def said(page: Page, text: str) -> None:
    """Waits until somebody has said this."""
    expect(page.locator(".said", has_text=text).last).to_be_visible()


def test_a_founder_begins_answers_and_comes_back(amorce: Running, opens: Opens) -> None:
    page = opens(amorce.url, "fr", phone=True)
    tap(page, YES)
    tap(page, "Y voir plus clair")
    write(page, "Nos puits donnent une eau qui rend les enfants malades.")
    said(page, "Pourquoi agir maintenant")
    tap(page, "Une crise")
    page.reload()
    said(page, "Nos puits donnent une eau")
    said(page, "Une crise")
    expect(page.locator("form.choices")).to_have_count(1)
    page.locator("form.choices button").first.click()
    expect(page.locator(".said.founder")).to_have_count(4)
    said(page, "2 sur 5")


def test_words_written_without_a_connection_arrive_once(amorce: Running, opens: Opens) -> None:
    page = opens(amorce.url, "fr")
    tap(page, YES)
    tap(page, "Y voir plus clair")
    page.context.set_offline(True)
    write(page, "Les champs sèchent dès le mois de mai.")
    expect(page.locator("#state")).to_contain_text("Pas de réseau")
    page.context.set_offline(False)
    said(page, "Pourquoi agir maintenant")
    page.reload()
    expect(page.locator(".said.founder", has_text="Les champs sèchent")).to_have_count(1)


def test_a_restart_of_the_service_loses_nothing_and_doubles_nothing(
    tmp_path: Path, opens: Opens
) -> None:
    with started(tmp_path) as amorce:
        page = opens(amorce.url, "fr")
        tap(page, YES)
        tap(page, "Y voir plus clair")
        port = int(amorce.url.rpartition(":")[2])
        amorce.kill()
    write(page, "La rivière déborde chaque année.")
    expect(page.locator("#state")).to_contain_text("Pas de réseau")
    with started(tmp_path, port):
        said(page, "Pourquoi agir maintenant")
        expect(page.locator(".said", has_text="Pourquoi agir maintenant")).to_have_count(1)
        expect(page.locator(".said.founder", has_text="La rivière déborde")).to_have_count(1)


def test_the_page_works_without_any_script(amorce: Running, opens: Opens) -> None:
    page = opens(amorce.url, "fr", java_script_enabled=False)
    # A switched-off browser of a test does not show it, a real one does.
    assert "n'exécute pas JavaScript" in page.content()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("button", name=YES).click()
    page.get_by_role("button", name="Y voir plus clair").click()
    page.get_by_label("Votre message").fill("Nos puits sont pollués.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Pourquoi agir maintenant")).to_be_visible()
    expect(page.locator(".said.founder", has_text="Nos puits sont pollués.")).to_have_count(1)


def test_everything_can_be_done_from_the_keyboard(amorce: Running, opens: Opens) -> None:
    page = opens(amorce.url, "fr")
    first = page.get_by_role("button", name=YES)
    expect(first).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == YES:
            break
    page.keyboard.press("Enter")
    said(page, "Qu'est-ce qui vous aiderait le plus")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type("Y voir plus clair")
    page.keyboard.press("Enter")
    said(page, "1 sur 5")


def test_what_a_founder_writes_is_shown_as_text(amorce: Running, opens: Opens) -> None:
    page = opens(amorce.url, "fr")
    tap(page, YES)
    tap(page, "Y voir plus clair")
    hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    write(page, hostile)
    said(page, hostile)
    page.reload()
    said(page, hostile)
    assert page.title() == "Amorce"
    assert page.locator(".said img, .said script").count() == 0


def test_a_lost_browser_comes_back_by_its_code(amorce: Running, opens: Opens) -> None:
    page = opens(amorce.url, "fr")
    tap(page, YES)
    tap(page, "Y voir plus clair")
    write(page, "Les pêcheurs remontent du plastique.")
    said(page, "Pourquoi agir maintenant")
    page.reload()
    page.locator("#more summary").click()
    page.get_by_role("button", name="Code de retour").click()
    code = page.locator(".code code").text_content() or ""
    other = opens(f"{amorce.url}/return", "fr")
    other.get_by_label("Votre code").fill(code.lower().replace("-", " "))
    other.get_by_role("button", name="Continuer").click()
    said(other, "Votre dossier est là")
    write(other, "/review")
    other.get_by_role("button", name="Le problème").first.click()
    said(other, "Les pêcheurs remontent du plastique.")
    again = opens(f"{amorce.url}/return", "fr")
    again.get_by_label("Votre code").fill(code)
    again.get_by_role("button", name="Continuer").click()
    expect(again.get_by_role("alert")).to_contain_text("n'est pas valable")
