"""The stand-in as a process of its own, with plain HTTP for the founders' side.

POST /founder/ID/say {"text"} and /founder/ID/tap {"button"}; GET /founder/ID/messages?after=N.
Prints its address as the first line.
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web

from tests.standin.founder import Founder
from tests.standin.server import StandIn


def control(api: StandIn) -> None:
    founders: dict[int, Founder] = {}

    def founder(request: web.Request) -> Founder:
        number = int(request.match_info["id"])
        return founders.setdefault(number, Founder(api, number))

    async def say(request: web.Request) -> web.Response:
        update = founder(request).say((await request.json())["text"])
        return web.json_response(update)

    async def tap(request: web.Request) -> web.Response:
        update = founder(request).tap((await request.json())["button"])
        return web.json_response(update)

    async def messages(request: web.Request) -> web.Response:
        after = int(request.query.get("after", "0"))
        found = founder(request).messages[after:]
        return web.json_response(
            [{"text": m.text, "buttons": [b.label for b in m.buttons]} for m in found]
        )

    api.app.router.add_post("/founder/{id}/say", say)
    api.app.router.add_post("/founder/{id}/tap", tap)
    api.app.router.add_get("/founder/{id}/messages", messages)


async def main(port: int) -> None:
    api = StandIn(port=port)
    control(api)
    async with api:
        sys.stdout.write(f"{api.url} {api.token}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
