"""Contrast, names, the keyboard, and less movement where that is asked for."""

import re
from typing import Literal

import pytest
from playwright.async_api import expect

from tests.stage.page.conftest import Play

pytestmark = pytest.mark.asyncio(loop_scope="package")

ANYTHING = re.compile(r"\S")

# Text (WCAG 1.4.3) against the nearest painted background; a switched-off control is exempt there, too.
FAINT = """() => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => [red, green, blue]
    .map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = node => {
    for (let at = node; at; at = at.parentElement) {
      const painted = channels(getComputedStyle(at).backgroundColor);
      if (painted.length === 3) return painted;
    }
    throw new Error('no background');
  };
  const shown = [...document.querySelectorAll('body *')].filter(node =>
    [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) &&
    node.checkVisibility({ visibilityProperty: true }) && !node.closest(':disabled, .unseen, .spoiler'));
  return shown.map(node => {
    const [one, other] = [light(channels(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => b - a);
    return [(one + 0.05) / (other + 0.05), `${node.className} ${node.textContent.slice(0, 40)}`];
  }).filter(([ratio]) => ratio < 4.5).map(([ratio, name]) => `${ratio.toFixed(2)} ${name}`);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_stands_out(play: Play, scheme: Literal["light", "dark"]) -> None:
    await play.page.emulate_media(color_scheme=scheme)
    ana = await play.person("Ana", label="Zivilgesellschaft")
    await play.person("Ben")
    html = (
        "<b>Fett</b> <code>Code</code> <a href='https://example.org'>Link</a><blockquote>Zitat</blockquote>"
    )
    keys = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
    first = await play.bot("sendMessage", chat_id=ana, text=html, parse_mode="HTML", reply_markup=keys)
    await play.stage(f"users/{ana}/send", text="Antwort", reply_to=first["message_id"])
    await play.stage(f"users/{ana}/send", text="fremd", forwarded=True)
    await play.stage("faults", outage=True, limits=True)
    await play.page.get_by_text("Was hier fehlt").click()
    await play.page.get_by_role("button", name="Bot-API-Protokoll").click()
    await expect(play.phone("Ana").get_by_text("fremd")).to_be_visible()
    assert await play.page.evaluate(FAINT) == []
    await play.phone("Ana").get_by_role("button", name="Mehr zu Ana").click()
    await play.page.get_by_role("menuitem", name="Bot blockieren").click()
    await play.page.get_by_role("button", name="Person dazu").click()
    await expect(play.page.get_by_role("dialog")).to_be_visible()
    assert await play.page.evaluate(FAINT) == []


async def test_every_control_has_a_name(play: Play) -> None:
    ana = await play.person("Ana")
    keys = {"keyboard": [[{"text": "Ja"}]]}
    await play.bot("sendMessage", chat_id=ana, text="Und?", reply_markup=keys)
    await play.photo(ana, "ein Bild")
    await expect(play.phone("Ana").locator(".photo")).to_be_visible()
    for control in await play.page.locator("button:visible, input:visible, textarea:visible, summary").all():
        await expect(control).to_have_accessible_name(ANYTHING)


async def test_wherever_the_keyboard_goes_it_is_seen(play: Play) -> None:
    ana = await play.person("Ana")
    await play.bot("sendMessage", chat_id=ana, text="Hallo")
    await expect(play.phone("Ana").get_by_text("Hallo")).to_be_visible()
    visited = set()
    for _ in range(40):
        await play.page.keyboard.press("Tab")
        name, outline = await play.page.evaluate(
            "() => { const at = document.activeElement; return [at.outerHTML, getComputedStyle(at).outlineStyle]; }"
        )
        if name.startswith("<body"):
            break
        assert outline != "none", name
        visited.add(name)
    else:
        pytest.fail("the way through the page has no end")
    assert len(visited) > 15


async def test_less_movement_where_it_is_asked_for(play: Play) -> None:
    await play.person("Ana")
    moving = "() => document.getAnimations().filter(one => one.playState === 'running').length"
    await play.page.locator("#bot-state").evaluate("node => { node.dataset.standing = 'botStarting'; }")
    assert await play.page.evaluate(moving) == 0
    await play.page.emulate_media(reduced_motion="no-preference")
    await play.page.locator("#bot-state").evaluate("node => { node.dataset.standing = 'botStarting'; }")
    assert await play.page.evaluate(moving) > 0
