"""Fourteen ways in which a call to Telegram can fail, and what has to follow from each."""

import json
from dataclasses import dataclass
from typing import Any

from telegram.error import NetworkError, TimedOut

from scheduler.errors import NotSent


@dataclass(frozen=True)
class Fault:
    """`sure`: whether it is known that nothing arrived; `arrives`: whether something did; `again`: whether it is worth
    another try; `gone`: whether the reader is.
    """

    happens: Any
    sure: bool
    arrives: bool = False
    again: bool = True
    gone: bool = False


def _raises(error, *, after):
    async def happens(carry_out):
        if after:
            await carry_out()
        raise error

    return happens


def _answers(code, said, *, after=False, **parameters):
    """`said`: Telegram's description, or bytes that are not Telegram's."""

    async def happens(carry_out):
        if after:
            await carry_out()
        if isinstance(said, bytes):
            return code, said
        envelope = {"ok": False, "error_code": code, "description": said, "parameters": parameters}
        return code, json.dumps(envelope).encode()

    return happens


FAULTS = {
    "no connection": Fault(_raises(NotSent("connect"), after=False), sure=True),
    "timeout on the way there": Fault(_raises(TimedOut(), after=False), sure=False),
    "timeout on the way back": Fault(_raises(TimedOut(), after=True), sure=False, arrives=True),
    "reset on the way there": Fault(_raises(NetworkError("reset"), after=False), sure=False),
    "reset on the way back": Fault(_raises(NetworkError("reset"), after=True), sure=False, arrives=True),
    "500": Fault(_answers(500, "Internal Server Error"), sure=False),
    "502 though it arrived": Fault(_answers(502, "Bad Gateway", after=True), sure=False, arrives=True),
    "a proxy speaks": Fault(_answers(504, b"<html>", after=True), sure=False, arrives=True),
    "200 that says nothing": Fault(_answers(200, b"{}", after=True), sure=False, arrives=True),
    "429 with a time": Fault(_answers(429, "Too Many Requests: retry after 2", retry_after=2), sure=True),
    "429 without a time": Fault(_answers(429, b"slow down"), sure=True),
    "400": Fault(_answers(400, "Bad Request: message text is empty"), sure=True, again=False),
    "413": Fault(_answers(413, "Request Entity Too Large"), sure=True, again=False),
    "403": Fault(_answers(403, "Forbidden: bot was blocked by the user"), sure=True, again=False, gone=True),
}
