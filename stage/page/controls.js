// Above the phones: the stage's clock, and what may go wrong.
import * as api from "./api.js";
import { attempt } from "./dialogs.js";
import { button, drawing, el } from "./dom.js";
import { clockTime, dayAndTime, shortDay } from "./times.js";
import { say } from "./words.js";

const LOSE_SHARE = 0.3; // of the calls, when "answers get lost" is on
const STEPS = [["hour", { hours: 1 }], ["day", { days: 1 }], ["month", { months: 1 }], ["next", { next: true }]];

export class Controls {
  /** Builds the clock and the switches in `node`. */
  constructor(node) {
    this.node = node;
    this.build();
    setInterval(() => this.paintClock(), 1000);
  }

  build() {
    this.date = el("span", { class: "clock-date" });
    this.time = el("strong", { class: "clock-time" });
    this.progress = el("progress", { max: "1", "aria-label": say("clock") });
    this.way = el("span", { class: "clock-way", role: "status" });
    this.steps = STEPS.map(([word, by]) => button({ title: word === "next" ? say("nextHint") : null, data: { step: word } },
      (event) => this.move(by, event.currentTarget), say(word)));
    this.walk = el("div", { class: "clock-walk" }, this.way, this.progress);
    this.unfold = button({ class: "unfold", "aria-controls": "switches house-keys" }, () => this.fold(!this.isFolded()),
      say("moreControls"), drawing("down"));
    const clock = el("div", { class: "clock", role: "group", "aria-label": say("clock") },
      el("div", { class: "clock-face" }, this.time, this.date), this.unfold, el("div", { class: "steps" }, ...this.steps, this.walk));
    this.switches = {
      outage: faultSwitch("outage", (on) => ({ outage: on })),
      limits: faultSwitch("limits", (on) => ({ limits: on })),
      lose: faultSwitch("lose", (on) => ({ lose_answers: on ? LOSE_SHARE : 0 })),
    };
    this.node.replaceChildren(clock,
      el("div", { id: "switches", class: "switches" }, ...Object.values(this.switches).map((one) => one.node)));
    this.fold(this.isFolded());
  }

  isFolded() {
    return !this.node.classList.contains("is-unfolded");
  }

  // Only narrow screens have the button, and fold (style.css).
  fold(folded) {
    this.node.classList.toggle("is-unfolded", !folded);
    this.unfold.setAttribute("aria-expanded", String(!folded));
  }

  move(by, step) {
    this.leftFrom = null;
    this.pressed = step;
    return attempt(() => api.moveClock(by));
  }

  paint(state) {
    this.clock = state.clock;
    this.readAt = performance.now();
    const { outage, limits, lose_answers: lose } = state.faults;
    this.switches.outage.input.checked = outage;
    this.switches.limits.input.checked = limits;
    this.switches.lose.input.checked = lose > 0;
    this.paintClock();
    this.paintWalk();
  }

  isWalking() {
    return Boolean(this.clock.target || this.clock.next) && !this.clock.arrived;
  }

  // Between two answers of the stage its clock runs like ours, unless it is walking.
  paintClock() {
    if (!this.clock) return;
    const passed = this.isWalking() ? 0 : performance.now() - this.readAt;
    const now = Date.parse(this.clock.now) + passed;
    this.time.textContent = clockTime(now);
    this.date.textContent = shortDay(now);
  }

  paintWalk() {
    const walking = this.isWalking();
    this.walk.classList.toggle("is-walking", walking);
    for (const step of this.steps) step.disabled = walking;
    if (!walking && document.activeElement === document.body) this.pressed?.focus(); // lost it by being disabled
    if (!walking) this.pressed = null;
    this.leftFrom = walking ? this.leftFrom ?? Date.parse(this.clock.now) : null;
    if (!walking) {
      this.way.textContent = "";
      return;
    }
    const target = Date.parse(this.clock.target);
    this.way.textContent = this.clock.target ? say("walking", { when: dayAndTime(target) }) : say("walkingNext");
    if (this.clock.target) this.progress.value = (Date.parse(this.clock.now) - this.leftFrom) / (target - this.leftFrom || 1);
    else this.progress.removeAttribute("value");
  }
}

function faultSwitch(word, faults) {
  const input = el("input", { type: "checkbox", role: "switch", data: { fault: word }, on: {
    change: async () => {
      if ((await attempt(() => api.setFaults(faults(input.checked)))) === null) input.checked = !input.checked;
    },
  } });
  input.setAttribute("aria-description", say(`${word}Hint`));
  return { input, node: el("label", { class: "switch", title: say(`${word}Hint`) }, input, el("span", {}, say(word))) };
}
