// Following links from a phone: the bot's own links start it here, others ask first, QR pictures can be scanned.
import * as api from "./api.js";
import { ask, attempt } from "./dialogs.js";
import { button, drawing, el } from "./dom.js";
import { outsideAddress, payloadsIn, startPayload } from "./links.js";
import { fileAddress } from "./message.js";
import { ON_THE_STRIP, pickPerson } from "./person-list.js";
import { say } from "./words.js";

/** What a tap on `link` does in `phone`. */
export async function followLink(phone, link) {
  const payload = startPayload(link, phone.stage.state.bot.username);
  if (payload !== null) return phone.start(payload);
  const address = outsideAddress(link);
  if (address === null) return null;
  if (address.origin === location.origin || (await mayLeave(address))) open(address.href, "_blank", "noopener,noreferrer");
  return null;
}

function mayLeave(address) {
  return ask({
    title: say("leaveTitle"),
    content: [el("p", {}, say("leaveText")), el("p", { class: "address" }, address.href)],
    confirm: say("open"),
  });
}

/** Menu items "open with …" for every phone; of very many, for those in sight, and a list of all. */
export function openWithItems(stage, payloads) {
  const { users } = stage.state;
  const many = users.length > ON_THE_STRIP;
  const near = many ? users.filter((user) => stage.isOpen(user.id)) : users;
  return payloads.flatMap((payload) => [
    ...near.map((user) => ({
      words: say("openWithName", { name: user.first_name }),
      hint: payloads.length > 1 ? payload : user.label,
      act: () => openWith(stage, user, payload),
    })),
    ...(many ? [{
      words: say("allPeople", { count: users.length }),
      hint: payloads.length > 1 ? payload : "",
      act: () => pickPerson(stage, (user) => openWith(stage, user, payload)),
    }] : []),
  ]);
}

async function openWith(stage, user, payload) {
  stage.show(user.id);
  await attempt(() => api.start(user.id, payload));
}

/** Shows a picture large; if it carries a link to the bot, any phone can open that, as if it had scanned it. */
export function viewPicture(phone, message) {
  const size = message.photo.at(-1);
  const payloads = payloadsIn(message, phone.stage.state.bot.username);
  const scan = openWithItems(phone.stage, payloads).map((item) =>
    button({ class: "scan" }, (event) => {
      event.currentTarget.closest("dialog").close();
      item.act();
    }, drawing("link"), item.words));
  const picture = el("img", { class: "large", src: fileAddress(message, size), alt: message.caption ?? say("photo") });
  return ask({ title: say("photo"), content: [picture, el("div", { class: "scans" }, ...scan)] });
}
