// The small menus: of a phone (links, forwarding, blocking, putting it away) and of a message (replying, editing).
import * as api from "./api.js";
import { ask, attempt, field, openMenu } from "./dialogs.js";
import { el } from "./dom.js";
import { typedPayload } from "./links.js";
import { say } from "./words.js";

export function phoneMenu(phone, anchor) {
  const { user } = phone;
  openMenu(anchor, say("more", { name: user.first_name }), [
    { words: say("enterLink"), act: () => enterLink(phone) },
    { words: say("forward"), act: () => forward(phone) },
    { words: say("shareContact"), act: () => phone.composer.shareContact() },
    null,
    { words: say(user.blocked ? "unblock" : "block"), act: () => attempt(() => api.block(user.id, !user.blocked)) },
    { words: say("putAway"), act: () => phone.stage.putAway(user.id) },
  ]);
}

export function messageMenu(phone, message, anchor) {
  const isOwnText = message.out && message.text;
  openMenu(anchor, say("messageMenu"), [
    { words: say("reply"), act: () => phone.composer.replyTo(message) },
    ...(isOwnText ? [{ words: say("edit"), act: () => edit(phone, message) }] : []),
  ]);
}

async function enterLink(phone) {
  const { username } = phone.stage.state.bot;
  const { links } = phone.stage.state;
  const values = await ask({
    title: say("enterLinkTitle", { name: phone.user.first_name }),
    content: [
      field(say("enterLinkLabel"), el("input", { name: "link", required: true, autocomplete: "off", list: "known-links" })),
      el("datalist", { id: "known-links" }, ...Object.entries(links).map(([name, url]) => el("option", { value: url, label: name }))),
    ],
    confirm: say("open"),
    check: (filled) => (typedPayload(filled.get("link"), username) === null ? say("notALink") : ""),
  });
  if (values) await phone.start(typedPayload(values.get("link"), username));
}

const textField = (value) => el("textarea", { name: "text", rows: "4", required: true, maxlength: "4096", dir: "auto" }, value);

async function edit(phone, message) {
  const values = await ask({
    title: say("editTitle", { name: phone.user.first_name }),
    content: [field(say("message"), textField(message.text))],
    confirm: say("save"),
  });
  if (values) await attempt(() => api.edit(phone.user.id, message.message_id, values.get("text")));
}

async function forward(phone) {
  const newest = [...phone.messages.values()].reverse().find((message) => message.text && !message.deleted);
  const values = await ask({
    title: say("forwardTitle", { name: phone.user.first_name }),
    content: [field(say("forwardLabel"), textField(newest?.text ?? ""))],
    confirm: say("send"),
  });
  if (values) await phone.write(values.get("text"), { forwarded: true });
}
