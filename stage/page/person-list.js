// The list of all people, to search in: where there are too many for a strip or a menu.
import { ask, field } from "./dialogs.js";
import { button, el } from "./dom.js";
import { say } from "./words.js";

export const ON_THE_STRIP = 12; // more people than this are found in the list
const LISTED = 200; // at a time

export const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

/** Opens the list of `stage`'s people; whoever is chosen is handed to `act`. */
export function pickPerson(stage, act) {
  const names = el("div", { class: "all-people" });
  const find = el("input", { type: "search", autocomplete: "off", on: { input: () => fill() } });
  const entry = (user) => button({ dir: "auto" }, () => {
    names.closest("dialog").close();
    act(user);
  }, fullName(user), el("small", {}, user.label ?? ""));
  const fill = () => names.replaceChildren(...stage.state.users
    .filter((user) => `${fullName(user)} ${user.label ?? ""} ${user.id}`.toLowerCase().includes(find.value.toLowerCase()))
    .slice(0, LISTED)
    .map(entry));
  fill();
  return ask({ title: say("people"), content: [field(say("findPerson"), find), names] });
}
