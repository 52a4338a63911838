// Telegram's entities as elements. Offsets are UTF-16 units, which is how JavaScript counts anyway.
import { button, el } from "./dom.js";
import { say } from "./words.js";

const PLAIN_TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s",
  code: "code", blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

/** `text` with its entities; `act.link(url)` and `act.command(text)` are what a tap does. */
export function rich(text, entities, act) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return piece(text, 0, text.length, ordered, act);
}

// An entity that extends beyond the one around it is split there and continues after it.
function piece(text, from, to, entities, act) {
  const nodes = document.createDocumentFragment();
  let at = from;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    rest = others;
    if (begin >= end) continue;
    const inside = piece(text, begin, end, others.filter((other) => other.offset < end), act);
    nodes.append(text.slice(at, begin), dressed(entity, text.slice(begin, end), inside, act));
    rest = others.filter((other) => other.offset + other.length > end);
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? end + 1 : end; // a block element breaks the line by itself
  }
  nodes.append(text.slice(at, to));
  return nodes;
}

function dressed(entity, words, inside, act) {
  if (entity.type in PLAIN_TAGS) return el(PLAIN_TAGS[entity.type], {}, inside);
  switch (entity.type) {
    case "pre": return el("pre", {}, el("code", {}, inside));
    case "spoiler": return spoiler(inside);
    case "text_link": return tappable(inside, () => act.link(entity.url), entity.url);
    case "url": return tappable(inside, () => act.link(words), words);
    case "email": return tappable(inside, () => act.link(`mailto:${words}`), words);
    case "bot_command": return tappable(inside, () => act.command(words), words);
    default: return el("span", { class: `entity ${entity.type}` }, inside);
  }
}

const tappable = (inside, listener, title) => button({ class: "text-link", title }, listener, inside);

function spoiler(inside) {
  const hidden = el("span", { class: "spoiler-text", "aria-hidden": "true" }, inside);
  const cover = button({ class: "spoiler", "aria-label": say("spoiler") }, () => {
    hidden.removeAttribute("aria-hidden");
    cover.replaceWith(el("span", { class: "spoiler-open" }, ...hidden.childNodes));
  }, hidden);
  return cover;
}
