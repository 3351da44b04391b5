"""The Bot API's HTTP over aiohttp: a third of the CPU of the library's own."""

from __future__ import annotations

import json
from typing import Any, cast

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT, READ = 10.0, 30.0


class Call:
    """Parameters for a call past the library's `Bot`; has what `_body` reads of RequestData."""

    contains_files = False

    def __init__(self, **values: Any) -> None:
        self.json_payload = json.dumps(values).encode()


class Request(BaseRequest):
    """One session of kept-alive connections. Errors never quote the address: it has the token."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("the connection is not open")
        wait = read_timeout if isinstance(read_timeout, int | float) else READ
        timeout = aiohttp.ClientTimeout(total=CONNECT + wait, sock_connect=CONNECT)
        try:
            async with self._session.request(
                method, url, timeout=timeout, **_body(request_data)
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(type(error).__name__) from None

    async def raw(self, url: str, wait: float, **values: Any) -> Any:
        """The bare `result` of a call, nothing parsed; raises the library's errors."""
        return await self.post(url, cast("RequestData", Call(**values)), read_timeout=wait)

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Unlike the library's, does not write a whole page of HTML into the log."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise TelegramError("the answer is not JSON") from None
        if not isinstance(answer, dict) or not {"result", "description"} & set(answer):
            # As a gate on the way may answer; the library would take it for Telegram's.
            raise TelegramError("the answer is not one of the Bot API's")
        return answer


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}
