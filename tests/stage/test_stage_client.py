"""The real client, python-telegram-bot, against the stage."""

import pytest
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter
from telegram.ext import ExtBot

from stage import DEFAULT_TOKEN
from tests.stage.pictures import png


@pytest.fixture
async def bot(stage):
    base = {"base_url": f"{stage.url}/bot", "base_file_url": f"{stage.url}/file/bot"}
    async with ExtBot(DEFAULT_TOKEN, **base) as client:
        yield client


def keyboard(*rows):
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)] for text, data in rows])


async def test_a_conversation(stage, bot):
    assert bot.username == "mutmacher_stage_bot"
    user = (await stage.post("users", first_name="Ana"))["id"]
    await stage.post(f"users/{user}/start", payload="w_X")
    [update] = [Update.de_json(each, bot) for each in await _raw_updates(bot)]
    assert update.message.text == "/start w_X"
    markup = keyboard(("Ja", "keep:17"))
    sent = await bot.send_message(user, "<b>Hallo</b> 😀", parse_mode=ParseMode.HTML, reply_markup=markup)
    assert sent.text_html == "<b>Hallo</b> 😀"
    assert sent.reply_markup == markup
    edited = await bot.edit_message_text("Gut", user, sent.message_id, reply_markup=markup)
    assert (edited.text, edited.message_id) == ("Gut", sent.message_id)
    await stage.post(f"users/{user}/press", message_id=sent.message_id, label="Ja")
    [update] = [Update.de_json(each, bot) for each in await _raw_updates(bot, update.update_id + 1)]
    assert update.callback_query.data == "keep:17"
    assert await update.callback_query.answer("Notiert")
    assert await stage.get("violations") == []


async def test_files_go_both_ways(stage, bot):
    ana = await stage.person()
    photo = await bot.send_photo(ana, png(30, 20), caption="<i>Karte</i>", parse_mode=ParseMode.HTML)
    assert (photo.photo[-1].width, photo.caption_html) == (30, "<i>Karte</i>")
    again = await bot.send_photo(ana, photo.photo[-1].file_id)
    assert again.photo[-1].file_id == photo.photo[-1].file_id
    paper = await bot.send_document(ana, b"%PDF-1.7", filename="Brief.pdf")
    assert (paper.document.file_name, paper.document.file_size) == ("Brief.pdf", 8)
    file = await bot.get_file(paper.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7"
    media = InputMediaPhoto(png(9, 9), caption="neu")
    changed = await bot.edit_message_media(media, ana, photo.message_id)
    assert (changed.photo[-1].width, changed.caption) == (9, "neu")
    await bot.edit_message_caption(ana, photo.message_id, caption="alt")
    assert await stage.get("violations") == []


async def test_copies_menus_and_the_rest(stage, bot):
    ana = await stage.person()
    copy_button = InlineKeyboardButton("Kopieren", copy_text=CopyTextButton("w_X"))
    sent = await bot.send_message(ana, "x", reply_markup=InlineKeyboardMarkup([[copy_button]]))
    copied = await bot.copy_message(ana, ana, sent.message_id, protect_content=True)
    assert copied.message_id == sent.message_id + 1
    forwarded = await bot.forward_message(ana, ana, sent.message_id)
    assert forwarded.forward_origin.sender_user.id == bot.id
    assert await bot.send_chat_action(ana, "typing")
    assert (await stage.get("state"))["chats"][str(ana)]["typing"]
    await bot.set_my_commands([("start", "Los geht's")], language_code="de")
    assert (await bot.get_my_commands(language_code="de"))[0].command == "start"
    assert await bot.set_my_description("Mut")
    assert (await bot.get_my_description()).description == "Mut"
    assert (await bot.get_chat(ana)).first_name == "Ana"
    assert (await bot.get_chat_member(ana, ana)).status == "member"
    assert await bot.delete_messages(ana, [sent.message_id, 999])
    assert await bot.delete_my_commands(language_code="de")
    assert await stage.get("violations") == []


async def test_refusals_have_the_right_class(stage, bot):
    ana = await stage.person()
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(4, "x")
    await stage.post("faults", limits=True)
    for number in range(3):
        await bot.send_message(ana, str(number))
    with pytest.raises(RetryAfter):
        await bot.send_message(ana, "one too many")
    await stage.post(f"users/{ana}/block", blocked=True)
    await stage.post("faults", limits=False)
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(ana, "x")


async def _raw_updates(bot, offset=0):
    """Updates as the bot fetches them: without Updater, as raw JSON."""
    from warnings import catch_warnings, simplefilter  # noqa: PLC0415

    with catch_warnings():
        simplefilter("ignore")
        return await bot.do_api_request("getUpdates", api_kwargs={"offset": offset, "timeout": 5})
