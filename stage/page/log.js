// The Bot API log at the foot of the page: every call the bot made, newest last, its parameters on demand.
import * as api from "./api.js";
import { attempt } from "./dialogs.js";
import { button, drawing, el } from "./dom.js";
import { toTheSecond } from "./times.js";
import { locale, say } from "./words.js";

const KEPT = 300; // calls in the list
const REMEMBERED = "stage.log";

export class Log {
  constructor(node) {
    this.node = node;
    this.calls = [];
    this.next = 0;
    this.open = localStorage.getItem(REMEMBERED) === "open";
    this.filters = { polls: false, failures: false };
    this.build();
  }

  build() {
    this.last = el("span", { class: "log-last" });
    this.toggle = button({ class: "log-toggle", "aria-expanded": String(this.open), "aria-controls": "log-body" },
      () => this.fold(), drawing("down"), el("span", {}, say("log")), this.last);
    this.list = el("ol", { class: "log-list", tabindex: "0", "aria-label": say("log") });
    this.body = el("div", { id: "log-body", class: "log-body", hidden: !this.open },
      el("div", { class: "log-filters" }, this.filter("polls", "logPolls"), this.filter("failures", "logFailures")), this.list);
    this.node.replaceChildren(this.toggle, this.body);
    this.paintAll();
  }

  filter(name, word) {
    const input = el("input", { type: "checkbox", checked: this.filters[name], on: {
      change: () => {
        this.filters[name] = input.checked;
        this.paintAll();
      },
    } });
    return el("label", {}, input, say(word));
  }

  fold() {
    this.open = !this.open;
    localStorage.setItem(REMEMBERED, this.open ? "open" : "folded");
    this.toggle.setAttribute("aria-expanded", String(this.open));
    this.body.hidden = !this.open;
    if (!this.open) return;
    this.list.scrollTop = this.list.scrollHeight;
    this.list.scrollIntoView({ block: "nearest" }); // in a low window it opens below the edge
  }

  /** Takes the new calls from the state's few newest, or fetches them if those leave a gap. */
  async paint(state) {
    this.users = new Map(state.users.map((user) => [user.id, user.first_name]));
    const newest = state.log.at(-1)?.n ?? 0;
    if (newest < this.next) this.forget();
    const isFar = this.next === 0 || newest - this.next > KEPT;
    const hasGap = !isFar && state.log.length > 0 && state.log[0].n > this.next + 1;
    if (!hasGap) this.take(state.log);
    else this.take((await attempt(() => api.log(this.next, KEPT)))?.calls ?? []);
  }

  take(calls) {
    const fresh = calls.filter((call) => call.n > this.next);
    if (fresh.length === 0) return;
    this.next = fresh.at(-1).n;
    this.calls = [...this.calls, ...fresh].slice(-KEPT);
    this.append(fresh);
  }

  forget() {
    this.calls = [];
    this.next = 0;
    this.paintAll();
  }

  isShown(call) {
    if (this.filters.failures) return !call.ok;
    return this.filters.polls || call.method.toLowerCase() !== "getupdates";
  }

  paintAll() {
    this.list.replaceChildren(el("li", { class: "log-none" }, say("logEmpty")));
    this.append(this.calls);
  }

  append(calls) {
    const shown = calls.filter((call) => this.isShown(call));
    if (shown.length === 0) return;
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
    this.list.querySelector(".log-none")?.remove();
    this.list.append(...shown.map((call) => this.row(call)));
    while (this.list.children.length > KEPT) this.list.firstChild.remove();
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
    this.last.textContent = this.summary(shown.at(-1));
  }

  chatName(call) {
    const chat = call.params?.chat_id;
    return chat === undefined ? "" : this.users?.get(Number(chat)) ?? String(chat);
  }

  summary(call) {
    return [call.method, this.chatName(call), outcome(call)].filter(Boolean).join(" · ");
  }

  row(call) {
    const details = el("pre", { class: "log-details", hidden: true, tabindex: "0" });
    const line = button({ class: `log-row ${call.ok ? "" : "is-error"}`, "aria-expanded": "false" }, () => {
      details.hidden = !details.hidden;
      line.setAttribute("aria-expanded", String(!details.hidden));
      if (!details.textContent) details.textContent = wholeCall(call);
      details.scrollIntoView({ block: "nearest" });
    },
      el("span", { class: "log-at" }, toTheSecond(Date.parse(call.at))), el("strong", {}, call.method),
      el("span", { class: "log-chat", dir: "auto" }, this.chatName(call)), el("span", { class: "log-outcome" }, outcome(call)),
      el("span", { class: "log-ms" }, `${call.ms.toLocaleString(locale(), { maximumFractionDigits: call.ms < 10 ? 1 : 0 })} ms`));
    return el("li", {}, line, details);
  }
}

function outcome(call) {
  const lost = call.delivered === false ? ` (${say("logLost")})` : "";
  return (call.ok ? "ok" : `${call.code} ${call.description ?? ""}`) + lost;
}

function wholeCall(call) {
  return JSON.stringify({ params: call.params, answer: call.ok ? call.result : call.description }, null, 2);
}
