"""Where the pages are reached, and the cookies that fit that place."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe

from itsdangerous import BadSignature, Signer
from starlette.requests import Request
from starlette.responses import Response

# A founding takes years; a browser keeps a cookie at most 400 days and we renew it at each visit.
REMEMBERED = 400 * 86400


@dataclass(frozen=True, slots=True)
class Site:
    """`url`: the public address, without a slash at the end; `secret` signs cookies."""

    url: str
    secret: bytes

    @property
    def secure(self) -> bool:
        return self.url.startswith("https://")

    def cookie(self, name: str) -> str:
        """A cookie's full name: over https no other host may set it (3.3.3)."""
        return f"__Host-{name}" if self.secure else name

    def give(self, response: Response, name: str, value: str, life: int | None) -> None:
        """Sets a cookie that no script reads and no other site sends (3.3.1, 3.3.2, 3.3.4)."""
        response.set_cookie(
            self.cookie(name),
            value,
            max_age=life,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def take(self, response: Response, name: str) -> None:
        response.delete_cookie(
            self.cookie(name), path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    def signer(self, salt: str) -> Signer:
        return Signer(self.secret, salt=salt)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser on the chat page. `id` stands in the database and does not betray the cookie."""

    id: str
    cookie: str

    @property
    def conversation(self) -> str:
        return f"web:{self.id}:{self.id}"


COOKIE = "amorce"


def visitor(site: Site, request: Request) -> Visitor | None:
    """Whoever the cookie names; None without one, or with one we did not make."""
    cookie = request.cookies.get(site.cookie(COOKIE), "")
    try:
        secret = site.signer(COOKIE).unsign(cookie)
    except BadSignature:
        return None
    return Visitor(sha256(secret).hexdigest()[:32], cookie)


def newcomer(site: Site) -> Visitor:
    """A browser never seen before."""
    secret = token_urlsafe(24)
    cookie = site.signer(COOKIE).sign(secret).decode()
    return Visitor(sha256(secret.encode()).hexdigest()[:32], cookie)
