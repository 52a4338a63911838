// What a link means on the stage: the bot's own deep links are followed here, others lead outside.

const PAYLOAD = /^[\w-]{1,64}$/;
const HARMLESS = new Set(["http:", "https:", "mailto:", "tel:"]);

function parsed(link) {
  const text = link.trim();
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `http://${text}`);
  } catch {
    return null;
  }
}

/** The payload of a deep link of the bot called `username` ("" if it has none); null for any other link. */
export function startPayload(link, username) {
  const url = parsed(link);
  if (url === null) return null;
  const isTg = url.protocol === "tg:" && (url.hostname || url.pathname.replaceAll("/", "")) === "resolve";
  const isWeb = ["http:", "https:"].includes(url.protocol) && /^(t\.me|telegram\.(me|dog))$/i.test(url.hostname);
  if (!isTg && !isWeb) return null;
  const name = isTg ? url.searchParams.get("domain") : url.pathname.slice(1).replace(/\/$/, "");
  if (name?.toLowerCase() !== username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}

/** Of the links given to the stage as {name: url}, those that lead to the bot, as [name, payload]. */
export function waysIn(links, username) {
  return Object.entries(links).map(([name, url]) => [name, startPayload(url, username)]).filter(([, payload]) => payload !== null);
}

/** What somebody typed into "link or code" as a start payload; null when it is neither. */
export function typedPayload(typed, username) {
  const text = typed.trim();
  return PAYLOAD.test(text) ? text : startPayload(text, username);
}

/** An address that a browser may be sent to, or null (javascript: and the like). */
export function outsideAddress(link) {
  const url = parsed(link);
  return url !== null && HARMLESS.has(url.protocol) ? url : null;
}

/** The bot's deep links with a payload that a message carries in text, caption or buttons, each once. */
export function payloadsIn(message, username) {
  const text = message.text ?? message.caption ?? "";
  const links = text.match(/(?:https?:\/\/)?(?:t\.me|telegram\.(?:me|dog))\/\S+/gi) ?? [];
  for (const entity of message.entities ?? message.caption_entities ?? []) if (entity.url) links.push(entity.url);
  for (const row of message.reply_markup?.inline_keyboard ?? []) {
    for (const key of row) if (key.url) links.push(key.url);
  }
  const payloads = links.map((link) => startPayload(link.replace(/[.,;!?)»“"]+$/, ""), username));
  return [...new Set(payloads.filter(Boolean))];
}
