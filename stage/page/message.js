// One message as a bubble: text from entities, pictures and files, inline buttons below.
import { button, drawing, el } from "./dom.js";
import { rich } from "./entities.js";
import { payloadsIn } from "./links.js";
import { clockTime } from "./times.js";
import { say } from "./words.js";

const FILE_KINDS = ["document", "voice", "audio", "video", "animation", "video_note", "sticker"];
const OTHER_KINDS = ["location", "venue", "poll", "dice", "game", "story"];

/** The element for `message` in `person`'s phone; `act` says what taps do (see phone.js). */
export function messageView(message, person, act) {
  if (message.deleted) return el("p", { class: "gone" }, say("deleted"));
  const keyboard = message.reply_markup?.inline_keyboard;
  return el("article", { class: `message ${message.out ? "out" : "in"}`, tabindex: "-1" },
    el("div", { class: "bubble" },
      el("span", { class: "unseen" }, say(message.out ? "you" : "bot", { name: person.first_name })),
      forwarded(message), quoted(message), body(message, act), foot(message, act)),
    keyboard ? inlineKeys(message, keyboard, act) : null,
    openElsewhere(message, act));
}

function forwarded(message) {
  if (!message.forward_origin && !message.forwarded) return null;
  return el("p", { class: "forwarded" }, say("forwarded"));
}

function quoted(message) {
  const original = message.reply_to_message;
  if (!original) return null;
  return el("p", { class: "quoted", dir: "auto" }, el("span", { class: "unseen" }, say("replyTo")), " ", excerpt(original));
}

/** The beginning of what a message says. */
export const excerpt = (message) => (message.text ?? message.caption ?? "…").slice(0, 120);

function body(message, act) {
  const words = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const parts = [attachment(message, act)];
  if (words !== undefined) parts.push(el("div", { class: "words", dir: "auto" }, rich(words, entities, act)));
  return parts;
}

function attachment(message, act) {
  if (message.photo) return photo(message, act);
  const kind = FILE_KINDS.find((name) => message[name]);
  if (kind) return file(message, kind);
  if (message.contact) return card("contact", message.contact.first_name, message.contact.phone_number);
  const other = OTHER_KINDS.find((name) => message[name]);
  return other ? el("p", { class: "other" }, say("other", { kind: other })) : null;
}

function photo(message, act) {
  const size = message.photo.at(-1);
  const picture = el("img", {
    src: fileAddress(message, size), alt: message.caption ?? say("photo"), width: size.width, height: size.height, loading: "lazy",
  });
  return button({ class: "photo", "aria-label": `${say("view")}: ${message.caption ?? say("photo")}` },
    () => act.view(message), picture);
}

/** Where the stage serves a file of a message. */
export function fileAddress(message, size) {
  return `/stage/files/${encodeURIComponent(size.file_id)}`;
}

function file(message, kind) {
  const about = message[kind];
  const name = about.file_name ?? say(kind in { voice: 1 } ? "voice" : "document");
  return el("a", { class: "file", href: fileAddress(message, about), download: name },
    drawing("file"), el("span", {}, el("strong", { dir: "auto" }, name), el("small", {}, sizeWords(about.file_size))));
}

function sizeWords(bytes) {
  if (bytes === undefined) return "";
  return bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} KB`;
}

const card = (kind, name, detail) =>
  el("p", { class: "card" }, el("small", {}, say(kind)), el("strong", { dir: "auto" }, name), el("span", {}, detail));

function foot(message, act) {
  return el("footer", {},
    message.edit_date ? el("span", { class: "edited" }, say("edited")) : null,
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, clockTime(message.date * 1000)),
    button({ class: "icon message-more", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": say("messageMenu") },
      (event) => act.menu(message, event.currentTarget), drawing("dots")));
}

const MARKS = { url: "out", copy_text: "copy" }; // what a key does besides answering, and its drawing

function inlineKeys(message, keyboard, act) {
  return el("div", { class: "keys" }, ...keyboard.map((row, y) =>
    el("div", { class: "key-row" }, ...row.map((key, x) => {
      const mark = Object.keys(MARKS).find((kind) => key[kind]);
      return button({ class: "key", title: key.url }, (event) => act.press(message, y, x, event.currentTarget),
        el("span", { dir: "auto" }, key.text), mark ? drawing(MARKS[mark]) : null);
    }))));
}

// A link meant for others (a QR picture, an invitation) can be opened with another phone, as if scanned.
function openElsewhere(message, act) {
  const payloads = message.out ? [] : payloadsIn(message, act.username);
  if (payloads.length === 0) return null;
  return button({ class: "elsewhere", "aria-haspopup": "menu" },
    (event) => act.elsewhere(payloads, event.currentTarget), drawing("link"), say("openWith"));
}
