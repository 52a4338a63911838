// The page's frame: follows the stage's state and hands each part what concerns it.
import * as api from "./api.js";
import { Bot } from "./bot.js";
import { Controls } from "./controls.js";
import { attempt } from "./dialogs.js";
import { el } from "./dom.js";
import { startPayload } from "./links.js";
import { Log } from "./log.js";
import { missingWords } from "./missing.js";
import { People } from "./people.js";
import { Phone } from "./phone.js";
import { fillWords, say, switchLanguage } from "./words.js";

const OPEN_AT_FIRST = 6; // phones on the stage before anybody chooses
const REMEMBERED = "stage.phones";
const POLL_SECONDS = 25;
const BREATH = 80; // ms between two polls: a busy stage is polled no more than a dozen times a second
const RETRY = 1500; // ms
const byId = (id) => document.getElementById(id);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const stage = {
  state: null,
  phones: new Map(),
  chosen: new Map(JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]")),

  isOpen(id) {
    const place = this.state.users.findIndex((user) => user.id === id);
    return this.chosen.get(id) ?? place < OPEN_AT_FIRST;
  },

  choose(id, open) {
    this.chosen.set(id, open);
    localStorage.setItem(REMEMBERED, JSON.stringify([...this.chosen]));
    arrange();
  },

  putAway(id) {
    this.choose(id, false);
    byId("people").querySelector(`[data-user="${id}"]`)?.focus();
  },

  /** Scrolls a phone into view and gives it the focus, as soon as it is on the stage. */
  show(id) {
    this.wanted = id;
    this.choose(id, true);
  },

  reveal(phone) {
    this.wanted = null;
    // Its foot, which gets the focus: a phone may be taller than a low window.
    phone.composer.node.scrollIntoView({ behavior: calm() ? "instant" : "smooth", inline: "center", block: "nearest" });
    phone.composer.text.focus({ preventScroll: true });
  },
};

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const controls = new Controls(byId("controls"));
const bot = new Bot(byId("bot-state"), byId("house-keys"));
const people = new People(byId("people"), stage);
const log = new Log(byId("log"));

/** Adds, orders and removes phones so that exactly the open ones are on the stage. */
function arrange() {
  const { users, chats, commands } = stage.state;
  const open = users.filter((user) => stage.isOpen(user.id));
  for (const [id, phone] of stage.phones) {
    if (open.some((user) => user.id === id)) continue;
    phone.node.remove();
    stage.phones.delete(id);
  }
  byId("phones").querySelector(".nobody")?.remove();
  open.forEach((user, place) => {
    const phone = stage.phones.get(user.id) ?? new Phone(user, stage);
    stage.phones.set(user.id, phone);
    phone.paint(user, chats[user.id], commands[user.id]);
    const there = byId("phones").children[place];
    if (there !== phone.node) byId("phones").insertBefore(phone.node, there ?? null);
    fetchMessages(phone);
  });
  if (open.length === 0) byId("phones").append(el("p", { class: "nobody" }, say(users.length ? "noOpenPhone" : "emptyStage")));
  people.paint(stage.state);
  const wanted = stage.phones.get(stage.wanted);
  if (wanted) stage.reveal(wanted);
}

/** Fetches a phone's messages if its chat has changed since the last fetch. */
async function fetchMessages(phone) {
  const { chats, version } = stage.state;
  const chat = chats[phone.user.id];
  if (!chat || phone.asking) return;
  if (chat.last < phone.newest()) phone.forget(); // the chat has been emptied
  const now = chat.revision ?? version;
  if (phone.seen === now) return;
  phone.asking = true;
  const answer = await attempt(() => api.messages(phone.user.id, phone.revision));
  phone.asking = false;
  if (answer === null) return;
  phone.seen = now;
  phone.take(answer.messages);
  fetchMessages(phone); // the chat may have changed meanwhile
}

function forgetAll() {
  for (const phone of stage.phones.values()) phone.forget();
  log.forget();
}

function take(state) {
  if (stage.state && state.version < stage.state.version) forgetAll(); // a different stage, or one that was reset
  stage.state = state;
  controls.paint(state);
  bot.paint(state);
  arrange();
  paintHouse(state);
  log.paint(state);
}

function paintHouse(state) {
  const outside = Object.entries(state.links).filter(([, url]) => startPayload(url, state.bot.username) === null);
  byId("links").replaceChildren(...outside.map(([name, url]) => el("a", { href: url, target: "_blank", rel: "noopener" }, name)));
  byId("not-imitated").replaceChildren(...state.not_imitated.map((one) => el("li", {}, missingWords(one))));
}

/** Long polls for ever; if the stage goes away, it is polled again every RETRY ms, from the beginning. */
async function followStage() {
  let version = 0;
  for (;;) {
    try {
      const state = await api.state(version, version > 0 ? POLL_SECONDS : 0);
      byId("connection").hidden = true;
      take(state);
      version = state.version;
      await pause(BREATH);
    } catch (error) {
      if (!(error instanceof api.StageError)) reportError(error);
      byId("connection").hidden = false;
      version = 0;
      await pause(RETRY);
    }
  }
}

function paintLanguage() {
  document.title = `Mutmacher – ${say("stage")}`;
  byId("language").textContent = say("switchLanguage");
  byId("language").lang = document.documentElement.lang === "de" ? "en" : "de";
}

function repaint() {
  paintLanguage();
  controls.build();
  bot.build();
  log.build();
  people.painted = "";
  for (const phone of stage.phones.values()) phone.node.remove();
  stage.phones.clear();
  if (stage.state) {
    controls.paint(stage.state);
    bot.paint(stage.state);
    arrange();
    paintHouse(stage.state);
  }
}

// A control that the keyboard has reached may lie beyond the edge, and scroll snapping would put it back there.
function bringIn(control) {
  const phone = control.closest(".phone")?.getBoundingClientRect();
  if (!phone || !control.matches(":focus-visible") || (phone.left >= 0 && phone.right <= innerWidth)) return;
  byId("phones").scrollBy({ left: (phone.left + phone.right - innerWidth) / 2, behavior: "instant" });
}

byId("phones").addEventListener("focusin", (event) => bringIn(event.target));
byId("language").addEventListener("click", switchLanguage);
document.addEventListener("stage:language", repaint);
document.addEventListener("stage:forget", forgetAll);
fillWords();
paintLanguage();
followStage();
