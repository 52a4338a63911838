"""What a call carries to a real server on the loopback, and over which connections."""

import json

import aiohttp.web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from tests.bot.api_servers import MESSAGE, Telegram, bot_at, served


async def test_a_message_arrives_as_a_form():
    telegram = Telegram()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="keep:17")]])
    async with served(telegram.handle) as address, bot_at(address) as bot:
        message = await bot.send_message(1, "Grüße & <b>Küsse</b> 🎉 a=b", reply_markup=keyboard)
    assert message.message_id == 7
    ((method, content_type, _headers, fields),) = telegram.calls
    assert (method, content_type) == ("sendMessage", "application/x-www-form-urlencoded")
    assert (fields["chat_id"], fields["text"]) == ("1", "Grüße & <b>Küsse</b> 🎉 a=b")
    assert json.loads(fields["reply_markup"]) == keyboard.to_dict()


async def test_a_picture_arrives_as_a_part_beside_its_fields():
    telegram = Telegram()
    async with served(telegram.handle) as address, bot_at(address) as bot:
        await bot.send_photo(1, b"\x89PNG\r\n\x1a\n" + bytes(2_000_000), caption="Für Ben", filename="x.png")
    ((method, content_type, headers, fields),) = telegram.calls
    assert (method, content_type) == ("sendPhoto", "multipart/form-data")
    assert "Content-Length" in headers
    assert (fields["chat_id"], fields["caption"]) == ("1", "Für Ben")
    assert fields["photo"][1] == "image/png"
    assert len(fields["photo"][2]) == 2_000_008


async def test_a_document_keeps_its_name_and_content(tmp_path):
    telegram = Telegram()
    path = tmp_path / "plan.ics"
    path.write_bytes(b"BEGIN:VCALENDAR")
    async with served(telegram.handle) as address, bot_at(address) as bot:
        await bot.send_document(1, b"a;b", filename='Übersicht "neu".csv')
        with path.open("rb") as file:
            await bot.send_document(1, file)
    sent = [fields["document"] for *_, fields in telegram.calls]
    assert sent[0] == ('Übersicht "neu".csv', "text/csv", b"a;b")
    assert sent[1][0] == "plan.ics"
    assert sent[1][2] == b"BEGIN:VCALENDAR"


async def test_a_connection_is_used_again():
    ports = set()

    async def handle(request):
        ports.add(request.transport.get_extra_info("peername")[1])
        return aiohttp.web.json_response({"ok": True, "result": MESSAGE})

    async with served(handle) as address, bot_at(address) as bot:
        for _ in range(3):
            await bot.send_message(1, "x")
    assert len(ports) == 1
