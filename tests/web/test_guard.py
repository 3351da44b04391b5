"""The guard in front of every page: headers, foreign pages, methods, sizes, broken input."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.store.errors import StoreError
from bot.web.guard import HEADERS, HSTS, MOST_BYTES
from bot.web.server import application
from tests.desk.world import URL, World, new_key, world
from tests.web.asking import JSON, browser, doors, tab

FORM = "application/x-www-form-urlencoded"
FOREIGN = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": URL},
    {"sec-fetch-site": ""},
    {"sec-fetch-site": "SAME-ORIGIN"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://[broken"},
    {"origin": "http://amorce.test.evil.example"},
    {"origin": "http://amorce.test@evil.example"},
    {},
)


async def boom(_request: Request) -> Response:
    raise ValueError("MARKERword")


async def full(_request: Request) -> Response:
    raise StoreError("database or disk is full")


def missing(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("not there", 404)


def failing(secure: bool = False) -> Starlette:
    return application([Route("/boom", boom), Route("/full", full)], secure, missing)


def filled(path: str) -> str:
    """An address with something in its gaps."""
    return re.sub(r"\{[^}]*\}", "1", path)


ANSWERS = {
    "page": ("GET", "/", 200),
    "head": ("HEAD", "/", 200),
    "missing": ("GET", "/nope", 404),
    "file": ("GET", "/static/amorce.css", 200),
    "head of a file": ("HEAD", "/static/amorce.css", 200),
    "missing file": ("GET", "/static/nope.css", 404),
    "desk": ("GET", "/desk", 401),
    "redirect": ("GET", "/desk/", 308),
    "wrong method": ("GET", "/say", 404),
    "foreign": ("POST", "/leave?foreign", 403),
    "unclear": ("POST", "/say", 422),
    "no such method": ("PUT", "/", 405),
    "trace": ("TRACE", "/", 405),
    "too large": ("POST", "/say?large", 413),
}


async def test_every_answer_carries_the_headers(here: World) -> None:
    for what, (method, path, status) in ANSWERS.items():
        site = "cross-site" if path.endswith("foreign") else "same-origin"
        body = b"x" * (MOST_BYTES + 1) if path.endswith("large") else None
        asked = {"sec-fetch-site": site, "content-type": FORM}
        answer = await here.browser().request(method, path, content=body, headers=asked)
        assert answer.status_code == status, what
        for name, value in HEADERS.items():
            assert answer.headers.get_list(name) == [value], (what, name)
        assert "strict-transport-security" not in answer.headers


async def test_an_answer_to_too_much_carries_the_headers(here: World) -> None:
    asking = here.browser()
    answers = [await asking.post("/say", data={"kind": "start"}, headers=JSON) for _ in range(31)]
    assert {a.status_code for a in answers[:30]} == {200}
    late = answers[-1]
    assert late.status_code == 429
    assert late.headers["retry-after"] == "10"
    assert HEADERS.items() <= dict(late.headers).items()


async def test_an_error_of_ours_carries_the_headers_and_tells_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = await browser(failing(secure=True)).get("/boom")
    assert answer.status_code == 500
    assert {**HEADERS, "strict-transport-security": HSTS}.items() <= dict(answer.headers).items()
    assert answer.text == "something went wrong"
    assert "ValueError at test_guard.py" in caplog.text
    assert "MARKER" not in caplog.text


async def test_a_database_out_of_reach_asks_to_come_again() -> None:
    answer = await browser(failing()).get("/full")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "disk" not in answer.text


def test_the_policy_allows_nothing_but_our_own() -> None:
    policy = HEADERS["content-security-policy"]
    found = dict(part.split(" ", 1) for part in policy.split("; "))
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http" not in policy
    sources = {word for value in found.values() for word in value.split()}
    assert sources == {"'self'", "'none'", "data:"}
    assert found["img-src"] == "'self' data:"
    closed = ("default-src", "base-uri", "object-src", "frame-ancestors")
    assert {found[name] for name in closed} == {"'none'"}
    assert {found[name] for name in ("script-src", "form-action")} == {"'self'"}


async def test_pages_need_nothing_the_policy_forbids(here: World) -> None:
    staff = await here.staff("admin")
    pages = [(await asking.get(path)).text for asking, path in ((staff, "/desk"), (staff, "/"))]
    for page in pages:
        assert not re.search(r"<[^>]+\s(style|on\w+)\s*=", page)
        assert not re.search(r"<style|<script(?![^>]*\ssrc=)", page)
        assert not re.search(r"""\s(src|href)=["']?(https?:)?//""", page)


async def test_cookies_on_a_plain_address_are_closed_to_scripts_and_other_sites(
    here: World,
) -> None:
    chat = (await here.browser().get("/")).headers["set-cookie"].split("; ")
    code = await here.right("staff", "Marta", "telegram:1")
    desk = (await here.browser().post("/desk/enter", data={"code": code})).headers["set-cookie"]
    assert chat[0].startswith("amorce=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(chat)
    assert "Secure" not in chat
    assert "Max-Age" not in desk, "whoever closes the browser is signed out of it"
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(desk.split("; "))


@pytest.fixture
async def safe(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path, "https://amorce.test") as made:
        yield made


async def test_over_https_cookies_are_bound_to_host_and_wire(safe: World) -> None:
    asking = browser(safe.app, "https://amorce.test")
    home = await asking.get("/")
    code = await safe.right("staff", "Marta", "telegram:1")
    entered = await asking.post("/desk/enter", data={"code": code})
    for answer, name in ((home, "__Host-amorce="), (entered, "__Host-amorce-desk=")):
        cookie = answer.headers["set-cookie"].split("; ")
        assert cookie[0].startswith(name)
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie)
        assert not [part for part in cookie if part.startswith("Domain")]
        assert answer.headers["strict-transport-security"] == HSTS
    for path in ("/leave", "/desk/leave"):
        taken = (await asking.post(path)).headers["set-cookie"].split("; ")
        assert {"Secure", "Max-Age=0", "Path=/"} <= set(taken), path


async def test_over_https_a_cookie_under_the_plain_name_counts_for_nothing(safe: World) -> None:
    asking = browser(safe.app, "https://amorce.test")
    code = await safe.right("staff", "Marta", "telegram:1")
    await asking.post("/desk/enter", data={"code": code})
    secret = asking.cookies["__Host-amorce-desk"]
    other = browser(safe.app, "https://amorce.test", cookie=f"amorce-desk={secret}")
    assert (await other.get("/desk")).status_code == 401


async def test_a_change_asked_for_by_a_foreign_page_is_refused_everywhere(here: World) -> None:
    staff = await here.staff("admin")
    del staff.headers["sec-fetch-site"]
    paths = sorted(path for path, method in doors(here.app) if method == "POST")
    assert {"/say", "/enter", "/code", "/leave", "/desk/enter", "/desk/leave"} <= set(paths)
    for path in paths:
        for headers in FOREIGN:
            answer = await staff.post(filled(path), data={"kind": "start"}, headers=headers)
            assert answer.status_code == 403, (path, headers)
            assert "set-cookie" not in answer.headers
    assert (await staff.get("/desk")).status_code == 200, "still signed in"


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "none"}, {"origin": URL}])
async def test_a_change_asked_for_by_a_page_of_ours_is_served(
    here: World, headers: dict[str, str]
) -> None:
    asking = here.browser()
    del asking.headers["sec-fetch-site"]
    done = await asking.post("/say", data={"kind": "start"}, headers={**JSON, **headers})
    assert done.status_code == 200


async def test_other_methods_are_refused_everywhere(here: World) -> None:
    staff = await here.staff("admin")
    for path in {path for path, _ in doors(here.app)} | {"/nope"}:
        for method in ("TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "X"):
            answer = await staff.request(method, filled(path))
            assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST"), path
            assert "amorce-desk" not in answer.text, "a trace would show cookies"


async def test_asking_for_the_head_of_a_stream_does_not_keep_it_open(here: World) -> None:
    founder = tab(here)
    await founder.begins()
    answer = await founder.browser.head("/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert not here.hub.is_crowded("x")
    assert here.hub._open == 0


async def test_a_body_without_a_length_is_stopped_where_it_grows_too_large(here: World) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b"text=" + b"x" * 65_536

    answer = await here.browser().post("/say", content=endless(), headers={"content-type": FORM})
    assert answer.status_code == 413
    assert sent <= MOST_BYTES // 65_536 + 2


async def test_the_largest_body_still_fits(here: World) -> None:
    body = b"kind=text&text=" + b"x" * 20_000
    answer = await here.browser().post(
        "/say",
        content=body + b"&p=" + b"y" * (MOST_BYTES - len(body) - 3),
        headers={"content-type": FORM},
    )
    assert answer.status_code == 422, "read, and found too long for one message"


MULTIPART = "multipart/form-data; boundary=b"
BODIES: dict[str, tuple[str, bytes]] = {
    "nothing": (FORM, b""),
    "broken escapes": (FORM, b"kind=text&text=%zz%&key=%00"),
    "bytes that are no text": (FORM, b"kind=text&text=\xff\xfe%ff%c3%28"),
    "half a sign": (FORM, b"kind=text&text=%ed%a0%80 half"),
    "zeros": (FORM, b"kind=text&text=a%00b"),
    "many fields": (FORM, b"&".join(b"f%d=1" % n for n in range(20_000))),
    "only separators": (FORM, b"&=&=&;;&&=" * 500),
    "names twice": (FORM, b"kind=start&kind=text&text=a&text=b"),
    "no type": ("", b"kind=start"),
    "a strange type": ("\x7f/;;;=", b"kind=start"),
    "json": ("application/json", b'{"kind": "start"}'),
    "multipart without boundary": ("multipart/form-data", b"--b--"),
    "multipart cut off": (MULTIPART, b'--b\r\nContent-Disposition: form-data; name="kind"\r\n'),
    "multipart of nonsense": (MULTIPART, b"\x00\xff" * 500),
    "multipart in a strange code": (
        "multipart/form-data; boundary=b; charset=idna",
        b'--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\n\xff..\r\n--b--\r\n',
    ),
    "a file": (
        MULTIPART,
        b'--b\r\nContent-Disposition: form-data; name="text"; filename="a"\r\n\r\nx\r\n--b--\r\n',
    ),
    "a form in a strange code": (f"{FORM}; charset=undefined", b"kind=text&text=a"),
}


async def test_no_form_breaks_a_page(here: World) -> None:
    staff, made = await here.staff("admin"), {}
    paths = sorted(path for path, method in doors(here.app) if method == "POST")
    # The one that signs out comes last.
    for path in sorted(paths, key=lambda path: path == "/desk/leave"):
        for what, (kind, body) in BODIES.items():
            answer = await staff.post(filled(path), content=body, headers={"content-type": kind})
            made[path, what] = answer.status_code
    assert {key: status for key, status in made.items() if status >= 500} == {}


COOKIES = (
    b"amorce=\xff\xfe; amorce-desk=\xff",
    b"amorce=" + b"x" * 60_000,
    b"amorce=a.b.c; amorce=d.e; amorce-desk=",
    b";;;===; =; amorce",
    b'amorce="\\777\\000"; amorce-desk="',
    b"amorce=.; amorce-desk=%00",
    b"amorce=\xed\xa0\x80.x",
)


async def test_no_cookie_breaks_a_page(here: World) -> None:
    asking = here.browser()
    for cookie in COOKIES:
        for path, expected in (("/", 200), ("/events", 204), ("/file/1", 404), ("/desk", 401)):
            answer = await asking.get(path, headers=[(b"cookie", cookie)])  # type: ignore[list-item]
            assert answer.status_code == expected, (path, cookie[:40])
            asking.cookies.clear()


PATHS = (
    *(
        "/nope",
        "/desk/nope",
        "/DESK",
        "/desk/teams/nope/",
        "/%2e%2e/",
        "/%00",
        "/%ff%fe",
        "/static",
    ),
    *("/static/", "/static/../guard.py", "/static/%2e%2e/guard.py", "/static/..%2fguard.py"),
    *("/static/..%5cguard.py", "/static/%2fetc/passwd", "/static//etc/passwd", "/static/%00"),
    *("/static/vendor", "/static/vendor/", "/static/" + "a" * 5000, "/static/amorce.css/x"),
    *("/file/0", "/file/-1", "/file/1e3", "/file/%D9%A1", "/file/" + "9" * 500, "/file/%00"),
    *(
        "/static/%ed%a0%80",
        f"{URL}//evil.example/",
        "/.git/config",
        "/index.php",
        "/docs",
        "/openapi.json",
    ),
)


async def test_an_address_that_is_none_says_so_and_shows_nothing(here: World) -> None:
    for asking in (here.browser(), await here.staff("staff")):
        answers = {path: await asking.get(path) for path in PATHS}
        assert {path: a.status_code for path, a in answers.items()} == dict.fromkeys(PATHS, 404)
        assert not [path for path, a in answers.items() if "class Guard" in a.text]
        assert not [path for path, a in answers.items() if "root:" in a.text]


async def test_no_value_in_an_address_breaks_the_page(here: World) -> None:
    values = ("before=x", "before=-1", "before=" + "9" * 400, "before=%00", "told=<b>", "x=%zz")
    for value in values:
        assert (await here.browser().get(f"/?{value}")).status_code == 200, value


async def test_every_redirect_stays_here(here: World) -> None:
    code = await here.right("admin", "Marta", "telegram:1")
    asking = here.browser()
    evil = {"host": "evil.example", "x-forwarded-host": "evil.example", "referer": "//evil.example"}
    data = {"kind": "start", "code": code, "next": "//evil.example", "language": "//evil.example"}
    seen = []
    for path, method in [
        ("/desk/enter", "POST"),
        *sorted(doors(here.app)),
        (f"{URL}//evil.example/..", "GET"),
    ]:
        if path == "/events":
            continue
        answer = await asking.request(
            method,
            f"{filled(path)}?next=//evil.example&return=%0d%0aX: y",
            data=data if method == "POST" else None,
            headers=evil,
        )
        seen += [answer.headers["location"]] if "location" in answer.headers else []
    assert len(seen) >= 4
    assert [to for to in seen if not re.match(r"/(?!/)", to)] == []
    assert not [to for to in seen if code in to]


async def test_no_code_and_no_secret_is_written_anywhere_but_where_it_belongs(
    here: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    founder = tab(here)
    await founder.agrees()
    await founder.says("MARKERtyped in a message")
    page = (await founder.browser.post("/code")).text
    [recovery] = re.findall(r"<code>([A-Z0-9-]+)</code>", page)
    other = here.browser()
    answers = [await other.post("/enter", data={"code": recovery})]
    code = await here.right("staff", "Marta", "telegram:1")
    staff = here.browser()
    answers += [
        await staff.get(f"/desk/enter/{code}"),
        await staff.post("/desk/enter", data={"code": code}),
    ]
    answers += [await staff.get("/desk"), await staff.post("/desk/leave")]
    secrets = [
        recovery,
        code,
        "MARKERtyped",
        *founder.browser.cookies.values(),
        *other.cookies.values(),
    ]
    told = caplog.text + "".join(a.headers.get("location", "") for a in answers)
    assert [secret for secret in secrets if secret in told] == []


async def test_whoever_asks_learns_nothing_of_how_it_is_built(here: World) -> None:
    for path in ("/", "/nope", "/desk", "/say"):
        headers = {k.lower() for k in (await here.browser().get(path)).headers}
        assert not headers & {"server", "x-powered-by", "x-aspnet-version"}


async def test_files_of_ours_are_kept_by_browsers_only_under_their_marked_names(
    here: World,
) -> None:
    page = (await here.browser().get("/")).text
    marked = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert marked
    for address in marked:
        answer = await here.browser().get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert (await here.browser().get(address.partition("?")[0])).headers[
            "cache-control"
        ] == "no-store"


async def test_a_stale_key_is_refused_as_unclear(here: World) -> None:
    for key in ("short", "x" * 65, "with space 123", "' OR 1=1 --", new_key() + "\x00"):
        sent = {"kind": "text", "text": "hello", "key": key}
        assert (await here.browser().post("/say", data=sent, headers=JSON)).status_code == 422
