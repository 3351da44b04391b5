"""Templates and the words in them: every page in the language of who reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.core.library import Library
from bot.core.say import Value, Words
from bot.render import Renderer
from bot.web.unhurried import Unhurried

HERE = Path(__file__).parent
STATIC = HERE / "static"


@dataclass(frozen=True, slots=True)
class Page:
    """What a handler hands to `Templates.page`."""

    template: str
    language: str
    values: Mapping[str, Any]
    status: int = 200


class Templates:
    """Jinja over the folders of the pages; `t("desk.today")` says a text of `knowledge/dialogs`."""

    def __init__(self, renderer: Renderer, library: Library, folders: Sequence[Path]) -> None:
        self._renderer = renderer
        self._library = library
        self._jinja = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.globals["asset"] = asset

    @property
    def spoken(self) -> Mapping[str, str]:
        """The languages every page exists in, each with its own name."""
        found = self._library.kb.languages
        return {code: found.names[code] for code in found.complete}

    def page(self, page: Page) -> HTMLResponse:
        """The page; it is written while it is sent for."""
        return Unhurried(self._pieces(page), page.status)

    def piece(self, page: Page) -> str:
        """A part of a page, at once; for what an open page is sent when something changes."""
        return "".join(self._pieces(page))

    def _pieces(self, page: Page) -> Iterator[str]:
        template = self._jinja.get_template(page.template)
        said = {
            "lang": page.language,
            "t": partial(self.say, page.language),
            "h": partial(self.html, page.language),
            "words": partial(self._renderer.plain, language=page.language),
        }
        return template.generate({**said, **page.values})

    def say(self, language: str, key: str, /, **values: Value) -> str:
        """A text by its key, as plain text."""
        return self._renderer.plain(Words(key, values), language)

    def html(self, language: str, key: str, /, **values: Value) -> Markup:
        """A text by its key, with its own simple HTML; values are escaped."""
        return Markup(self._renderer.html(Words(key, values), language))  # noqa: S704

    def language(self, request: Request, chosen: str = "") -> str:
        """The language chosen, else the first one the browser asks for that we speak."""
        spoken = self._library.kb.languages.complete
        if chosen in spoken:
            return chosen
        for part in request.headers.get("accept-language", "").split(",")[:10]:
            code = part.partition(";")[0].strip().lower().partition("-")[0]
            if code in spoken:
                return code
        return self._library.fallback


@cache
def asset(name: str) -> str:
    """The address of a file of ours; it changes with the file, so browsers may keep it."""
    mark = sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{mark}"
