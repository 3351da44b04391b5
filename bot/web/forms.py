"""What a posted form says, read so that nothing in it can break a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

PLAIN = "application/x-www-form-urlencoded"
WITH_FILE = "multipart/form-data"
MOST_FIELDS = 40


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that may bring a file: what it is called and what stands in it, empty for none."""

    fields: dict[str, str] = field(default_factory=dict)
    name: str = ""
    data: bytes = b""


async def fields(request: Request) -> dict[str, str]:
    """The fields of a form of ours; the last one counts where a name comes twice."""
    return dict(await pairs(request))


async def pairs(request: Request, most: int = MOST_FIELDS) -> list[tuple[str, str]]:
    """Every field of a form of ours, for one that asks for several things of a name.

    Nothing else than the plainest kind of form is read. Bytes that are no UTF-8 become question
    marks: what is read here can be written anywhere.
    """
    if _kind(request) != PLAIN:
        return []
    body = (await request.body()).decode("ascii", "replace")
    try:
        return parse_qsl(body, keep_blank_values=True, errors="replace", max_num_fields=most)
    except ValueError:
        raise HTTPException(400, "too many fields") from None


async def with_file(request: Request) -> Sent:
    """The fields of a form and its one file. Raises TooLargeError as the guard says.

    Whatever cannot be read as a form is an empty one.
    """
    if _kind(request) != WITH_FILE:
        return Sent(await fields(request))
    # All of it before it is taken apart: nothing lies open when it turns out to be too large.
    await request.body()
    try:
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
            found = [(key, each) for key, each in form.multi_items() if isinstance(each, str)]
            files = [each for each in form.values() if isinstance(each, UploadFile)]
            name, data = (files[0].filename or "", await files[0].read()) if files else ("", b"")
    except (HTTPException, LookupError, ValueError):
        return Sent()
    # A form may name any encoding for itself, even one that makes halves of signs.
    return Sent(
        {name: text.encode("utf-8", "replace").decode() for name, text in found}, name, data
    )


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
