"""One's own page: language, and the places where one is signed in."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot.desk.house import House, Visit
from bot.desk.people import NAME_LIMIT
from bot.service.desk import RefusedError
from bot.store import staffing


async def me(house: House, visit: Visit) -> Response:
    """Who I am here, in which language, and every sign-in that is open (7.5.2)."""
    person, now = visit.who.person, visit.now
    open_ones = await house.read(lambda db: staffing.sign_ins(db, person, now))
    languages = house.library.kb.languages
    names = [(code, languages.names[code]) for code in languages.complete]
    return house.page(
        visit,
        "me.html",
        sign_ins=[(sign, browser(sign.browser)) for sign in open_ones],
        languages=names,
        own=visit.signin.hash,
    )


async def name(house: House, visit: Visit) -> Response:
    """The name teams see when one writes to them."""
    chosen = " ".join((await visit.form()).get("name", "").split())
    if not chosen or len(chosen) > NAME_LIMIT:
        raise RefusedError("people.name_needed")
    person = visit.who.person
    await house.store.write(lambda db: staffing.rename(db, person, chosen))
    return RedirectResponse("/desk/me", 303)


def browser(agent: str) -> str:
    """A browser as people call it: "Firefox, Windows"; what it says of itself where unknown."""
    program = next((name for mark, name in PROGRAMS if mark in agent), agent[:40])
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{program}, {system}" if system else program


# In this order: most browsers also say that they are another.
PROGRAMS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


async def language(house: House, visit: Visit) -> Response:
    """Reads the desk in another language from here on."""
    chosen = (await visit.form()).get("language", "")
    if chosen in house.library.kb.languages.complete:
        person = visit.who.person
        await house.store.write(lambda db: staffing.speak(db, person, chosen))
    return RedirectResponse("/desk/me", 303)
