// One person's phone: the private chat with the bot.
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { attempt, notice, openMenu, tell } from "./dialogs.js";
import { button, drawing, el } from "./dom.js";
import { followLink, openWithItems, viewPicture } from "./following.js";
import { messageView } from "./message.js";
import { fullName } from "./person-list.js";
import { messageMenu, phoneMenu } from "./phone-menu.js";
import { dayKey, longDay } from "./times.js";
import { say } from "./words.js";

const AT_THE_END = 48; // pixels from the newest message that still count as "reading the newest"
const TYPING_LASTS = 5200; // ms
const ANSWER_WITHIN = 15000; // ms after a tap until the page stops waiting for the bot's answer

export class Phone {
  /** `stage` is app.js's view of everything: `state`, `putAway(id)`, `show(id)`. */
  constructor(user, stage) {
    this.user = user;
    this.stage = stage;
    this.messages = new Map();
    this.views = new Map();
    this.revision = 0;
    this.atEnd = true;
    this.composer = new Composer(this);
    this.build();
  }

  build() {
    this.name = el("h2", { dir: "auto", id: `phone-${this.user.id}` });
    this.label = el("p", { class: "phone-label", dir: "auto" });
    this.list = el("div", { class: "chat", role: "log", tabindex: "0", "aria-labelledby": `phone-${this.user.id}` });
    this.typing = el("p", { class: "typing", role: "status", hidden: true });
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.toEnd = button({ class: "to-end", hidden: true, "aria-label": say("newest") }, () => this.scrollToEnd(), drawing("down"));
    this.menuButton = button({ class: "icon", "aria-haspopup": "menu", "aria-expanded": "false" },
      () => phoneMenu(this, this.menuButton), drawing("more"));
    this.node = el("section", { class: "phone", "aria-labelledby": `phone-${this.user.id}` },
      el("header", {}, this.avatar(), el("div", { class: "phone-who" }, this.name, this.label), this.menuButton),
      el("div", { class: "chat-frame" }, this.list, this.toEnd, this.toasts),
      this.typing, this.composer.node);
    this.list.addEventListener("scroll", () => this.noteScroll());
    new ResizeObserver(() => this.atEnd && this.scrollToEnd()).observe(this.list);
  }

  avatar() {
    const visible = this.user.first_name.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
    const [first] = new Intl.Segmenter().segment(visible); // a letter or a whole emoji
    return el("span", { class: `avatar tone-${this.user.id % 6}`, "aria-hidden": "true" }, first?.segment);
  }

  /** Shows what /stage/state says about this person. */
  paint(user, chat, commands) {
    this.user = user;
    this.commands = commands;
    this.keyboard = chat?.keyboard;
    this.name.textContent = fullName(user);
    this.label.textContent = user.label || (user.username ? `@${user.username}` : `Nr. ${user.id}`);
    this.menuButton.setAttribute("aria-label", say("more", { name: user.first_name }));
    this.paintTyping(chat?.typing);
    this.node.classList.toggle("is-blocked", user.blocked);
    this.composer.paint();
  }

  // Telegram's typing indicator lasts five seconds, and no event ends it.
  paintTyping(isTyping) {
    clearTimeout(this.typingEnds);
    this.typing.hidden = !isTyping;
    this.typing.textContent = `${this.stage.state.bot.name} ${say("typing")}`;
    if (isTyping) this.typingEnds = setTimeout(() => this.paintTyping(false), TYPING_LASTS);
  }

  /** The highest message id shown here, 0 without any. */
  newest() {
    return Math.max(0, ...this.messages.keys());
  }

  /** Takes the messages that changed since `this.revision`. */
  take(messages) {
    const newcomers = messages.filter((message) => !this.messages.has(message.message_id)).length;
    for (const message of messages) {
      this.messages.set(message.message_id, message);
      this.revision = Math.max(this.revision, message.revision);
      this.placeMessage(message);
    }
    if (messages.length === 0) return;
    this.separateDays();
    this.composer.paint();
    if (this.atEnd) this.scrollToEnd();
    else if (newcomers > 0) this.toEnd.hidden = false;
  }

  placeMessage(message) {
    const fresh = messageView(message, this.user, this.acts());
    fresh.dataset.message = message.message_id;
    fresh.dataset.day = dayKey(message.date * 1000);
    const old = this.views.get(message.message_id);
    this.views.set(message.message_id, fresh);
    if (old === undefined) this.list.append(fresh);
    else exchange(old, fresh);
  }

  separateDays() {
    for (const line of this.list.querySelectorAll(".day")) line.remove();
    let day = "";
    for (const view of this.list.querySelectorAll("[data-message]")) {
      if (view.dataset.day !== day) {
        const message = this.messages.get(Number(view.dataset.message));
        view.before(el("h3", { class: "day" }, longDay(message.date * 1000)));
      }
      day = view.dataset.day;
    }
  }

  /** Forgets all messages; the stage sends them again. */
  forget() {
    this.messages.clear();
    this.views.clear();
    this.list.replaceChildren();
    this.revision = 0;
    this.seen = undefined;
    this.atEnd = true;
    this.toEnd.hidden = true;
    this.composer.replyTo(null);
    this.composer.paint();
  }

  acts() {
    return {
      username: this.stage.state.bot.username,
      link: (link) => attempt(() => followLink(this, link)),
      command: (words) => this.write(words),
      press: (message, row, column, key) => this.press(message, row, column, key),
      menu: (message, anchor) => messageMenu(this, message, anchor),
      view: (message) => viewPicture(this, message),
      elsewhere: (payloads, anchor) => openMenu(anchor, say("openWith"), openWithItems(this.stage, payloads)),
    };
  }

  write(text, extra) {
    this.atEnd = true;
    return attempt(() => api.send(this.user.id, text, extra));
  }

  start(payload) {
    this.atEnd = true;
    return attempt(() => api.start(this.user.id, payload));
  }

  async press(message, row, column, key) {
    const choice = message.reply_markup.inline_keyboard[row][column];
    if (choice.url && choice.callback_data === undefined) return this.acts().link(choice.url);
    key.setAttribute("aria-busy", "true");
    const answer = await attempt(() => api.press(this.user.id, message.message_id, row, column));
    if (answer?.copied !== undefined) await this.copy(answer.copied);
    if (answer?.callback_query_id) await attempt(() => this.awaitAnswer(answer.callback_query_id));
    key.removeAttribute("aria-busy");
    return answer;
  }

  async copy(text) {
    await navigator.clipboard?.writeText(text).catch(() => {}); // without permission this fails, but the notice shows the text anyway
    notice(say("copied", { text }));
  }

  async awaitAnswer(queryId) {
    const until = performance.now() + ANSWER_WITHIN;
    while (performance.now() < until) {
      const answers = await api.toasts(this.user.id);
      const answer = answers.find((one) => one.callback_query_id === queryId);
      if (answer) return this.showAnswer(answer);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    return null;
  }

  showAnswer(answer) {
    if (answer.url) this.acts().link(answer.url);
    if (!answer.text) return;
    if (answer.show_alert) {
      tell(fullName(this.user), answer.text);
      return;
    }
    const toast = el("p", { class: "toast", dir: "auto" }, answer.text);
    this.toasts.append(toast);
    setTimeout(() => toast.remove(), 5000);
  }

  noteScroll() {
    this.atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < AT_THE_END;
    if (this.atEnd) this.toEnd.hidden = true;
  }

  scrollToEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.atEnd = true;
    this.toEnd.hidden = true;
  }
}

// Whoever had the focus on a button of the old view keeps it on the same button of the new one.
function exchange(old, fresh) {
  const keys = [...old.querySelectorAll("button")];
  const here = keys.indexOf(document.activeElement);
  const hadFocus = here >= 0 || document.activeElement === old;
  old.replaceWith(fresh);
  if (hadFocus) (fresh.querySelectorAll("button")[Math.max(here, 0)] ?? fresh).focus({ preventScroll: true });
}
