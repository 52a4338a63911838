// The strip of people above the phones, and adding somebody.
import * as api from "./api.js";
import { ask, attempt, field } from "./dialogs.js";
import { button, drawing, el } from "./dom.js";
import { waysIn } from "./links.js";
import { fullName, ON_THE_STRIP, pickPerson } from "./person-list.js";
import { say } from "./words.js";

export class People {
  constructor(node, stage) {
    this.node = node;
    this.stage = stage;
    this.painted = "";
  }

  /** Repaints only if something shown has changed, so that the focus stays where it is. */
  paint(state) {
    const shown = this.chosen(state.users);
    const key = JSON.stringify([shown.map((user) => [user, this.stage.isOpen(user.id), this.unread(state, user)]), state.users.length]);
    if (key === this.painted) return;
    this.painted = key;
    const focused = [...this.node.querySelectorAll("button")].indexOf(document.activeElement);
    this.node.replaceChildren(...shown.map((user) => this.chip(state, user)), ...this.more(state), this.add());
    const keys = this.node.querySelectorAll("button");
    if (focused >= 0) keys[Math.min(focused, keys.length - 1)].focus();
  }

  chosen(users) {
    if (users.length <= ON_THE_STRIP) return users;
    return users.filter((user) => this.stage.isOpen(user.id)).slice(0, ON_THE_STRIP);
  }

  unread(state, user) {
    return this.stage.isOpen(user.id) ? 0 : state.chats[user.id]?.unread_hint ?? 0;
  }

  chip(state, user) {
    const open = this.stage.isOpen(user.id);
    const unread = this.unread(state, user);
    return button({ class: `chip ${open ? "is-open" : ""}`, data: { user: user.id }, title: say("showPhone", { name: fullName(user) }) },
      () => this.stage.show(user.id),
      el("span", { class: `dot tone-${user.id % 6}`, "aria-hidden": "true" }), el("span", { dir: "auto" }, fullName(user)),
      unread > 0 ? el("span", { class: "unread" }, say("unread", { count: unread })) : null);
  }

  more(state) {
    if (state.users.length <= ON_THE_STRIP) return [];
    return [button({ class: "chip quiet" }, () => pickPerson(this.stage, (user) => this.stage.show(user.id)), say("allPeople", { count: state.users.length }))];
  }

  add() {
    return el("div", { class: "at-hand" },
      button({ class: "chip add" }, () => this.addPerson(), drawing("plus"), el("span", {}, say("addPerson"))));
  }

  async addPerson() {
    const values = await ask({ title: say("addPerson"), content: personFields(waysIn(this.stage.state.links, this.stage.state.bot.username)), confirm: say("add") });
    if (values === null) return;
    const { payload, ...filled } = Object.fromEntries([...values].filter(([, value]) => value.trim() !== ""));
    const user = await attempt(() => api.addUser(filled));
    if (user === null) return;
    this.stage.show(user.id);
    if (payload) await attempt(() => api.start(user.id, payload));
  }
}

function personFields(ways) {
  const optional = say("optional");
  const text = (name, props = {}) => el("input", { name, maxlength: "64", autocomplete: "off", dir: "auto", ...props });
  const fields = [
    field(say("firstName"), text("first_name", { required: true })),
    field(say("lastName"), text("last_name"), optional),
    field(say("label"), text("label", { placeholder: say("labelHint") }), optional),
    field(say("username"), text("username", { pattern: "[A-Za-z0-9_]{3,32}" }), optional),
    field(say("languageCode"), el("select", { name: "language_code" },
      el("option", { value: "de" }, say("german")), el("option", { value: "en" }, say("english")))),
  ];
  if (ways.length > 0) fields.push(field(say("withLink"), wayChoice(ways)));
  return fields;
}

function wayChoice(ways) {
  return el("select", { name: "payload" }, el("option", { value: "" }, say("noLink")),
    ...ways.map(([name, payload]) => el("option", { value: payload }, name)));
}
