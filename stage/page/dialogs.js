// Dialogs, menus and notices: all close with Escape and give the focus back.
import { StageError } from "./api.js";
import { button, el } from "./dom.js";
import { say } from "./words.js";

const READ_WITHIN = 6000; // ms

/**
 * Opens a dialog; resolves to its form's values, or null when it was left. `check(values)` may answer a
 * sentence that says what is wrong, which keeps the dialog open. Without `confirm` there is only a way out.
 */
export function ask({ title, content = [], confirm = null, check = () => "", danger = false }) {
  return new Promise((resolve) => {
    let values = null;
    const problem = el("p", { class: "problem", role: "alert" });
    const leave = button({ class: "quiet" }, () => dialog.close(), say(confirm ? "cancel" : "close"));
    const go = confirm ? el("button", { type: "submit", class: danger ? "danger" : "primary" }, confirm) : null;
    const form = el("form", { method: "dialog" },
      el("h2", { id: "dialog-title", dir: "auto" }, title), ...content, problem,
      el("div", { class: "dialog-buttons" }, leave, go));
    const dialog = el("dialog", { "aria-labelledby": "dialog-title" }, form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const filled = new FormData(form);
      problem.textContent = check(filled);
      if (problem.textContent) return;
      values = filled;
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(values);
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A labelled form field of a dialog. */
export function field(label, control, hint = "") {
  return el("label", { class: "field" }, el("span", {}, label, hint ? el("small", {}, ` ${hint}`) : null), control);
}

/** Something to read and agree to: the bot's alerts. */
export function tell(title, text) {
  return ask({ title, content: [el("p", { class: "told", dir: "auto" }, text)] });
}

/** A menu at `anchor`; `items` are `{words, hint?, act}` or null for a separator. */
export function openMenu(anchor, label, items) {
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label, popover: "auto" });
  const choose = (act) => () => {
    menu.hidePopover();
    act();
  };
  for (const item of items) {
    if (item === null) menu.append(el("hr"));
    else menu.append(button({ role: "menuitem", dir: "auto" }, choose(item.act),
      el("span", {}, item.words), item.hint ? el("small", {}, item.hint) : null));
  }
  menu.addEventListener("keydown", walkMenu);
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor);
  menu.querySelector("button")?.focus();
}

// Below the anchor if there is room, and within its phone.
function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const border = anchor.closest(".phone")?.getBoundingClientRect().right ?? innerWidth;
  const left = Math.min(at.left, border - menu.offsetWidth - 8);
  const below = at.bottom + 4 + menu.offsetHeight < innerHeight;
  const top = below ? at.bottom + 4 : Math.max(8, at.top - 4 - menu.offsetHeight);
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${top}px`;
}

function walkMenu(event) {
  const keys = [...event.currentTarget.querySelectorAll("button")];
  const here = keys.indexOf(document.activeElement);
  const steps = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: keys.length - 1 };
  if (!(event.key in steps)) return;
  event.preventDefault();
  keys[(steps[event.key] + keys.length) % keys.length].focus();
}

/** A line at the foot of the page that disappears by itself, though not before `done` is settled. */
export function notice(text, done = null) {
  const line = el("p", { class: "notice", dir: "auto" }, text);
  document.getElementById("notices").append(line);
  const read = new Promise((resolve) => setTimeout(resolve, READ_WITHIN));
  Promise.allSettled([done, read]).then(() => line.remove());
}

/** Runs what a control does; a refusal of the stage is shown, not swallowed. */
export async function attempt(deed) {
  try {
    return await deed();
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    notice(say("failed", { why: error.message }));
    return null;
  }
}
