// The bot's process: whether it is there, its two buttons, and starting over.
import * as api from "./api.js";
import { ask, attempt, notice } from "./dialogs.js";
import { button, el } from "./dom.js";
import { say } from "./words.js";

export class Bot {
  /** Shows in `node` whether the bot is there, and builds the buttons in `keys`. */
  constructor(node, keys) {
    this.node = node;
    this.keys = keys;
    this.isAway = false; // ended by a button of this page, and not back yet
    this.build();
  }

  build() {
    this.ofProcess = [
      button({ hidden: true }, () => this.order("restart", "restarting"), say("restart")),
      button({ hidden: true, title: say("killHint") }, () => this.order("kill", "killed"), say("kill")),
    ];
    this.keys.replaceChildren(...this.ofProcess, button({}, () => this.startOver(), say("reset")));
  }

  paint(state) {
    this.state = state;
    for (const key of this.ofProcess) key.hidden = !state.bot.hooks; // only a stage started with its bot can
    for (const key of this.keys.children) key.setAttribute("aria-disabled", String(this.isAway));
    const words = say(this.standing());
    if (this.node.textContent !== words) this.node.textContent = words; // the same again would be read aloud again
    this.node.dataset.standing = this.standing();
  }

  // During an outage the bot is cut off, even if it polled a moment ago.
  standing() {
    if (this.isAway) return "botStarting";
    if (this.state.faults.outage) return "outage";
    return this.state.bot.attached ? "botAttached" : "botAway";
  }

  async order(what, begun) {
    const since = performance.now();
    const answer = await this.whileAway(begun, () => api.doToBot(what));
    if (answer !== null) notice(say("botBack", { seconds: Math.ceil((performance.now() - since) / 1000) }));
  }

  /** Does what ends the bot and starts it again; says so, and refuses a second order meanwhile. Null if it failed. */
  async whileAway(begun, deed) {
    if (this.isAway) return null;
    this.isAway = true;
    this.paint(this.state);
    const answering = attempt(deed);
    notice(say(begun), answering);
    const answer = await answering;
    this.isAway = false;
    this.paint(this.state);
    return answer;
  }

  // Only a stage that runs the bot can play the sample; a reset leaves it out unless it is asked for.
  async startOver() {
    if (this.isAway || !this.state) return;
    const runsBot = this.state.bot.hooks;
    const content = [el("p", {}, say("resetText"))];
    if (runsBot) content.push(el("label", { class: "choice" }, el("input", { type: "checkbox", name: "sample" }), el("span", {}, say("resetSample"))));
    const chosen = await ask({ title: say("resetTitle"), content, confirm: say("reset"), danger: true });
    if (!chosen) return;
    const reset = () => api.reset(chosen.has("sample"));
    if ((await (runsBot ? this.whileAway("resetting", reset) : attempt(reset))) === null) return;
    document.dispatchEvent(new Event("stage:forget"));
    notice(say("resetDone"));
  }
}
