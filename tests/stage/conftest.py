"""A stage on a free port, and the two ways to talk to it."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession, FormData, web

from stage import DEFAULT_TOKEN, create_app


@dataclass
class Talk:
    """`call` speaks as the bot, `get` and `post` as the page."""

    url: str
    session: ClientSession

    async def raw(self, method: str, data: Any = None, *, token: str = DEFAULT_TOKEN, **options):
        path = f"{self.url}/bot{token}/{method}"
        async with self.session.post(path, data=data, **options) as answer:
            return answer, await answer.json()

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Form-encoded as python-telegram-bot does it: nested values as JSON."""
        form = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()
        }
        return (await self.raw(method, form))[1]

    async def result(self, method: str, **params: Any) -> Any:
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> tuple[int, str]:
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.url}/stage/{path}") as answer:
            return await answer.json()

    async def post(self, path: str, **body: Any) -> Any:
        async with self.session.post(f"{self.url}/stage/{path}", json=body) as answer:
            return await answer.json()

    async def upload(self, user: int, kind: str, name: str, data: bytes) -> Any:
        form = FormData()
        form.add_field("file", data, filename=name, content_type="image/png")
        form.add_field("kind", kind)
        async with self.session.post(f"{self.url}/stage/users/{user}/upload", data=form) as answer:
            return await answer.json()

    async def person(self, name: str = "Ana", **more: Any) -> int:
        """Somebody who has written to the bot; the update is confirmed."""
        user = (await self.post("users", first_name=name, **more))["id"]
        update = (await self.post(f"users/{user}/start"))["update_id"]
        await self.result("getUpdates", offset=update + 1, timeout=0)
        return user

    async def messages(self, user: int) -> list[dict[str, Any]]:
        return (await self.get(f"users/{user}/messages"))["messages"]


@pytest.fixture
async def serve():
    """Start an application built with the given arguments of `create_app`."""
    runners, sessions = [], []

    async def start(**arguments: Any) -> Talk:
        runner = web.AppRunner(create_app(**arguments), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        runners.append(runner)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        sessions.append(ClientSession())
        return Talk(f"http://127.0.0.1:{runner.addresses[0][1]}", sessions[-1])

    yield start
    for session in sessions:
        await session.close()
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
async def stage(serve):
    return await serve()
