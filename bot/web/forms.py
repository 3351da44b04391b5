"""What a posted form says, read so that nothing in it can break a page."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

PLAIN = "application/x-www-form-urlencoded"
MOST_FIELDS = 40


async def fields(request: Request) -> dict[str, str]:
    """The fields of a form of ours; the last one counts where a name comes twice."""
    return dict(await pairs(request))


async def pairs(request: Request, most: int = MOST_FIELDS) -> list[tuple[str, str]]:
    """Every field of a form of ours, for one that asks for several things of a name.

    Our pages send no files, so nothing else than the plainest kind of form is read. Bytes that
    are no UTF-8 become question marks: what is read here can be written anywhere.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != PLAIN:
        return []
    body = (await request.body()).decode("ascii", "replace")
    try:
        return parse_qsl(body, keep_blank_values=True, errors="replace", max_num_fields=most)
    except ValueError:
        raise HTTPException(400, "too many fields") from None
