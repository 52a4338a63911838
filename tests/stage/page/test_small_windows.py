"""Telephones, and desktops at 200 %: nothing sticks out, everything can be reached, the chat stays readable."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, ViewportSize, expect

from tests.stage.page.conftest import LINK, Play, running

pytestmark = pytest.mark.asyncio(loop_scope="package")

SIZES: list[ViewportSize] = [
    {"width": 320, "height": 640},
    {"width": 390, "height": 844},
    {"width": 640, "height": 400},  # 1280x800 at 200 %
    {"width": 1280, "height": 800},
]
by_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")

LABELS = [
    ["Telegram-Name", "Telefonnummer", "E-Mail-Adresse"],
    ["Versprechensverzeichnisse"],
    ["Förderprogramme ansehen", "Verantwortlichkeiten"],
    ["Ja", "Nein"],
]
BROKEN_WORDS = """phone => [...phone.querySelectorAll('.key span')].flatMap(key => {
  const text = key.firstChild;
  return [...text.data.matchAll(/[^\\s-]+/g)].filter(word => {
    const range = new Range();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map(word => word[0]);
})"""
CUT_OFF = """control => {
  control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const box = control.getBoundingClientRect();
  const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const isInside = box.left >= 0 && box.right <= innerWidth + 1;
  return isInside && (control.contains(there) || there?.contains(control)) ? null : control.outerHTML;
}"""


@pytest_asyncio.fixture(loop_scope="package")
async def address() -> AsyncIterator[str]:
    """A stage that runs its bot, so that the page has all its buttons."""

    async def on_bot(_order: str) -> None: ...

    async with running(links={"Werkstatt Nordtal": LINK}, on_bot=on_bot) as address:
        yield address


async def cut_off(controls: Locator) -> list[str]:
    """Those of the controls that stick out of the window, or lie below something else, wherever one scrolls."""
    found = [await control.evaluate(CUT_OFF) for control in await controls.all()]
    return [each for each in found if each]


async def four_phones(play: Play) -> int:
    for name in ("Ana", "Ben", "Cem", "Olga"):
        await play.person(name, last_name="Musterfrau")
    ana = int((await play.look("users"))[0]["id"])
    keys = [[{"text": label, "callback_data": label[:60]} for label in row] for row in LABELS]
    await play.bot("sendMessage", chat_id=ana, text="Hallo! " * 80, reply_markup={"inline_keyboard": keys})
    await expect(play.phone("Ana").locator(".key")).to_have_count(sum(map(len, LABELS)))
    return ana


@by_size
async def test_nothing_sticks_out_and_everything_can_be_reached(play: Play, size: ViewportSize) -> None:
    await play.page.set_viewport_size(size)
    await four_phones(play)
    assert await play.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    unfold = play.page.get_by_role("button", name="Mehr Regie")
    if size["width"] < 700:
        await expect(play.page.get_by_role("switch")).to_have_count(0)
        await unfold.click()
        await expect(unfold).to_have_attribute("aria-expanded", "true")
    for name in ("Telegram ist weg", "Grenzen an", "Antworten gehen verloren"):
        await expect(play.page.get_by_role("switch", name=name)).to_be_visible()
    for name in ("Bot neu starten", "Stecker ziehen", "Ganz von vorn"):
        await expect(play.page.get_by_role("button", name=name)).to_be_visible()
    assert (
        await cut_off(play.page.locator(".house :is(button, summary), .controls :is(button, input):visible"))
        == []
    )
    assert await cut_off(play.page.locator(".strip button:visible")) == []
    assert await cut_off(play.phone("Ana").locator("button:visible, textarea")) == []
    assert await play.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@by_size
async def test_the_chat_stays_readable_and_the_page_scrolls_for_it(play: Play, size: ViewportSize) -> None:
    await play.page.set_viewport_size(size)
    ana = await four_phones(play)
    keys = {"keyboard": [["Ja"], ["Nein"], ["Vielleicht"]]}
    await play.bot("sendMessage", chat_id=ana, text="Und?", reply_markup=keys)
    await expect(play.phone("Ana").locator(".reply-keys")).to_be_visible()
    chat = await play.phone("Ana").locator(".chat").bounding_box()
    assert chat is not None
    assert chat["height"] >= 300
    await play.page.get_by_role("navigation").get_by_role("button", name="Ana").click()
    await expect(play.phone("Ana").get_by_role("textbox")).to_be_in_viewport(ratio=1)
    await play.page.get_by_role("button", name="Bot-API-Protokoll").click()
    await expect(play.page.locator(".log-list")).to_be_in_viewport()


@by_size
async def test_buttons_never_break_a_word(play: Play, size: ViewportSize) -> None:
    await play.page.set_viewport_size(size)
    await four_phones(play)
    assert await play.phone("Ana").evaluate(BROKEN_WORDS) == []


async def test_the_keyboard_brings_a_phone_in_from_either_side(play: Play) -> None:
    await play.page.set_viewport_size(SIZES[1])
    await four_phones(play)
    await play.phone("Ana").get_by_role("button", name="Senden").focus()
    await play.page.keyboard.press("Tab")
    await expect(play.phone("Ben").get_by_role("button", name="Mehr zu Ben")).to_be_in_viewport(ratio=1)
    await play.page.keyboard.press("Shift+Tab")
    await expect(play.phone("Ana").get_by_role("button", name="Senden")).to_be_focused()
    await expect(play.phone("Ana").get_by_role("button", name="Senden")).to_be_in_viewport(ratio=1)


async def test_an_endless_word_on_a_button_stays_inside(play: Play) -> None:
    await play.page.set_viewport_size(SIZES[0])
    ana = await play.person("Ana")
    keys = [[{"text": "W" * 200, "callback_data": "w"}, {"text": "Ja", "callback_data": "ja"}]]
    await play.bot("sendMessage", chat_id=ana, text="Hm", reply_markup={"inline_keyboard": keys})
    await expect(play.phone("Ana").locator(".key")).to_have_count(2)
    assert await cut_off(play.phone("Ana").locator(".key")) == []


async def test_what_is_switched_on_stays_in_sight(play: Play) -> None:
    await play.page.set_viewport_size(SIZES[1])
    await expect(play.page.get_by_role("switch")).to_have_count(0)
    await play.stage("faults", limits=True)
    await expect(play.page.get_by_role("switch", name="Grenzen an")).to_be_visible()
    await expect(play.page.get_by_role("switch")).to_have_count(1)
