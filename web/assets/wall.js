// Keeps the wall up to date. The server says every two seconds what has changed, or that nothing has; while it says
// nothing, the last picture stays, and the page says since when. What people promised goes, since it may have to go.
"use strict";

const SILENT = 10_000, UNSURE = 40_000, AGAIN = 3_000, EACH = 12_000, YOUNG = 60_000; // milliseconds
const SECTIONS = ["join", "figures", "announcement", "pledges", "programme"];

const page = document.body.dataset, began = Date.now();
const at = (id) => document.getElementById(id);
const latest = {};
let source, heard = began, tried = began, turn = 0, turned = began, paused, unsure = false;

function connect() {
  tried = Date.now();
  source?.close();
  source = new EventSource(page.stream);
  source.addEventListener("wall", (event) => { isHeard(); show(JSON.parse(event.data)); });
  source.addEventListener("same", isHeard);
}

function isHeard() {
  heard = Date.now();
  at("state").textContent = "";
}

function show(wall) {
  if (wall.version !== page.version && Date.now() - began > YOUNG) location.reload();
  for (const id of SECTIONS) {
    if (latest[id] === wall[id] && !(unsure && id === "pledges")) continue;
    const before = at(id).textContent, read = at("pledges").querySelector("li:not([hidden])")?.textContent;
    at(id).innerHTML = latest[id] = wall[id]; // escaped where it was made
    if (id === "pledges") showPledge(paused || at(id).textContent === before ? placeOf(read) : 0);
  }
  unsure = false;
  fit();
}

// Everything is seen at once: where it would not be, the letters beside the code are a little smaller, for the longest
// sentence too, so that they do not change with each. On a small screen, and where somebody wants them large, one scrolls.
function fit() {
  const rest = at("rest"), all = [...at("pledges").querySelectorAll("li")];
  const longest = all.reduce((one, other) => (other?.textContent.length > one?.textContent.length ? other : one), all[0]);
  const scrolls = at("size").dataset.percent !== "100" || matchMedia("(max-width: 60rem), (max-aspect-ratio: 1)").matches;
  all.forEach((each) => { each.hidden = each !== longest; });
  for (const share of scrolls ? [1] : [1, 0.9, 0.8, 0.7]) {
    rest.style.setProperty("--fit", share);
    if (document.documentElement.scrollHeight <= innerHeight) break;
  }
  all.forEach((each, n) => { each.hidden = n !== turn; });
}

// Where this pledge is by now; the first place if it is gone.
function placeOf(pledge) {
  const all = [...at("pledges").querySelectorAll("li")];
  return Math.max(0, all.findIndex((each) => each.textContent === pledge));
}

// One pledge at a time, the newest first, unless somebody stopped at another.
function showPledge(number) {
  const all = [...at("pledges").querySelectorAll("li")];
  turn = all.length ? number % all.length : 0;
  turned = Date.now();
  all.forEach((each, n) => { each.hidden = n !== turn; });
  at("pause").hidden = all.length < 2;
}

function look() {
  const now = Date.now(), silent = now - heard;
  if (silent > SILENT) {
    const since = new Date(heard).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    const says = page.offline.replace("{time}", since);
    if (at("state").textContent !== says) at("state").textContent = says;
    if (now - tried > AGAIN) connect();
  }
  if (silent > UNSURE && !unsure) {
    unsure = true;
    if (at("pledges").querySelector("li")) at("pledges").textContent = page.hidden;
    at("pause").hidden = true;
  }
  if (!paused && now - turned > EACH) showPledge(turn + 1);
}

function pause(yes) {
  paused = yes;
  at("pause").textContent = paused ? at("pause").dataset.resume : at("pause").dataset.pause;
}

function resize(percent) {
  document.documentElement.style.setProperty("--size", percent / 100);
  at("size").dataset.percent = percent;
  at("size").textContent = at("size").dataset.label.replace("{percent}", percent);
  fit();
}

at("size").hidden = false;
at("size").addEventListener("click", () => resize({ 100: 150, 150: 200, 200: 100 }[at("size").dataset.percent]));
at("pause").dataset.pause = at("pause").textContent;
at("pause").addEventListener("click", () => pause(!paused));
addEventListener("resize", fit);
pause(matchMedia("(prefers-reduced-motion: reduce)").matches);
showPledge(0);
resize(100);
connect();
setInterval(look, 1_000);
