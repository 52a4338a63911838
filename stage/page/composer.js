// The foot of a phone: text field, files, commands and reply keyboard; or Start; or Unblock.
import * as api from "./api.js";
import { ask, attempt, field, openMenu } from "./dialogs.js";
import { button, drawing, el } from "./dom.js";
import { waysIn } from "./links.js";
import { excerpt } from "./message.js";
import { say } from "./words.js";

const WAYS_SHOWN = 3; // links offered in an empty chat

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.keysOpen = true;
    this.answered = null; // the message that is being replied to
    this.build();
  }

  build() {
    this.text = el("textarea", { rows: "1", maxlength: "4096", dir: "auto", on: {
      keydown: (event) => this.onKey(event), input: () => this.grow(),
    } });
    this.file = el("input", { type: "file", hidden: true, on: { change: () => this.chooseKind() } });
    this.attach = button({ class: "icon" }, () => this.file.click(), drawing("attach"));
    this.slash = button({ class: "icon", "aria-haspopup": "menu", "aria-expanded": "false" }, () => this.openCommands(), drawing("slash"));
    this.toggle = button({ class: "icon" }, () => this.toggleKeys(), drawing("keyboard"));
    this.sendButton = el("button", { type: "submit", class: "icon send" }, drawing("send"));
    this.form = el("form", { on: { submit: (event) => this.submit(event) } },
      this.attach, this.slash, this.text, this.toggle, this.sendButton);
    this.answeredLine = el("p", { dir: "auto" });
    this.noReply = button({ class: "icon" }, () => this.leaveReply(), drawing("cross"));
    this.reply = el("div", { class: "replying", role: "status", hidden: true }, this.answeredLine, this.noReply);
    this.keys = el("div", { class: "reply-keys", role: "group" });
    this.starts = el("div", { class: "starts" });
    this.blockedLine = el("p", { dir: "auto" });
    this.unblock = button({ class: "wide" }, () => attempt(() => api.block(this.phone.user.id, false)));
    this.blocked = el("div", { class: "blocked" }, this.blockedLine, this.unblock);
    this.node = el("div", { class: "composer" }, this.blocked, this.starts, this.reply, this.form, this.keys, this.file);
  }

  paint() {
    const { user, messages } = this.phone;
    this.words(user);
    this.blocked.hidden = !user.blocked;
    this.starts.hidden = user.blocked || messages.size > 0;
    this.paintStarts();
    this.form.hidden = user.blocked;
    this.paintKeys();
  }

  words(user) {
    this.text.placeholder = say("message");
    this.text.setAttribute("aria-label", say("messageTo", { name: user.first_name }));
    for (const [node, key] of [[this.attach, "attach"], [this.slash, "commands"], [this.toggle, "keyboard"], [this.sendButton, "send"], [this.noReply, "noReply"]]) {
      node.setAttribute("aria-label", say(key));
      node.title = say(key);
    }
    this.file.setAttribute("aria-label", say("attach"));
    this.unblock.textContent = say("unblock");
    this.blockedLine.textContent = say("isBlocked", { name: user.first_name });
  }

  // An empty chat offers Start, and the links that the stage was given.
  paintStarts() {
    if (this.starts.hidden) return;
    const { links, bot } = this.phone.stage.state;
    const ways = waysIn(links, bot.username);
    const written = JSON.stringify(ways);
    if (written === this.waysWritten) return;
    this.waysWritten = written;
    this.starts.replaceChildren(button({ class: "primary wide" }, () => this.phone.start(), say("start")),
      ...ways.slice(0, WAYS_SHOWN).map(([name, payload]) =>
        button({ class: "wide", dir: "auto" }, () => this.phone.start(payload), say("startWith", { name }))));
  }

  /** The reply keyboard; rebuilt only when it has changed, so that the focus stays where it is. */
  paintKeys() {
    const markup = this.phone.user.blocked ? null : this.phone.keyboard;
    const rows = markup?.keyboard ?? [];
    const written = JSON.stringify(rows);
    if (written !== this.written) {
      this.written = written;
      this.keysOpen = true;
      this.keys.replaceChildren(...rows.map((row) =>
        el("div", { class: "key-row" }, ...row.map((key) => this.replyKey(key, markup)))));
    }
    this.toggle.hidden = rows.length === 0;
    this.toggle.setAttribute("aria-expanded", String(this.keysOpen));
    this.keys.hidden = rows.length === 0 || !this.keysOpen;
    this.keys.setAttribute("aria-label", say("keyboard"));
    if (markup?.input_field_placeholder) this.text.placeholder = markup.input_field_placeholder;
  }

  replyKey(key, markup) {
    const words = typeof key === "string" ? key : key.text;
    return button({ class: "key", dir: "auto" }, () => {
      if (markup.one_time_keyboard) this.toggleKeys();
      if (key.request_contact) this.shareContact();
      else this.phone.write(words);
    }, words);
  }

  toggleKeys() {
    this.keysOpen = !this.keysOpen;
    this.paintKeys();
  }

  /** The next text will be a reply to `message`; to nothing if that is null. */
  replyTo(message) {
    this.answered = message;
    this.reply.hidden = message === null;
    this.answeredLine.textContent = message === null ? "" : say("replyingTo", { name: this.phone.user.first_name, words: excerpt(message) });
    if (message !== null) this.text.focus();
  }

  leaveReply() {
    this.replyTo(null);
    this.text.focus();
  }

  onKey(event) {
    if (event.key === "Escape" && this.answered) this.leaveReply();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 132)}px`;
  }

  async submit(event) {
    event.preventDefault();
    const text = this.text.value;
    if (!text.trim()) return;
    const reply = this.answered ? { reply_to: this.answered.message_id } : {};
    this.text.value = "";
    this.replyTo(null);
    this.grow();
    if ((await this.phone.write(text, reply)) === null && !this.text.value) this.text.value = text;
  }

  openCommands() {
    const commands = this.phone.commands ?? [];
    const items = commands.map(({ command, description }) => ({
      words: `/${command}`, hint: description, act: () => this.phone.write(`/${command}`),
    }));
    const none = { words: say("noCommands"), act: () => this.text.focus() };
    openMenu(this.slash, say("commands"), items.length > 0 ? items : [none]);
  }

  async shareContact() {
    const { user } = this.phone;
    const input = el("input", { name: "phone", type: "tel", required: true, value: `+4900${user.id}` });
    const values = await ask({
      title: say("contactTitle", { name: user.first_name }), content: [field(say("phoneNumber"), input)], confirm: say("send"),
    });
    if (values) await attempt(() => api.contact(user.id, values.get("phone")));
  }

  async chooseKind() {
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    const isPicture = /^image\/(png|jpeg|webp|gif)$/.test(file.type);
    const values = await ask({
      title: say("uploadTitle", { name: this.phone.user.first_name }),
      content: [preview(file, isPicture), field(say("caption"), el("textarea", { name: "caption", rows: "2", maxlength: "1024" })), kinds(isPicture)],
      confirm: say("send"),
    });
    if (values) await attempt(() => api.upload(this.phone.user.id, file, values.get("kind"), values.get("caption")));
  }
}

function preview(file, isPicture) {
  if (!isPicture) return el("p", { class: "file" }, drawing("file"), el("strong", { dir: "auto" }, file.name));
  const address = URL.createObjectURL(file);
  return el("img", { class: "preview", src: address, alt: file.name, on: { load: () => URL.revokeObjectURL(address) } });
}

function kinds(isPicture) {
  const likely = isPicture ? "photo" : "document";
  const options = [["photo", "asPhoto"], ["document", "asDocument"], ["voice", "asVoice"]];
  return el("fieldset", { class: "kinds" }, el("legend", {}, say("sendAs")), ...options.map(([kind, words]) =>
    el("label", {}, el("input", { type: "radio", name: "kind", value: kind, checked: kind === likely }), say(words))));
}
