// The stage's JSON API (docs/stage.md), one function per request the page makes.

/** The stage refused or did not answer; `message` is its own wording, `status` 0 when nobody answered. */
export class StageError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function call(path, options = {}) {
  let status = 0;
  try {
    const response = await fetch(path, { cache: "no-store", ...options });
    status = response.status;
    const answer = await response.json();
    if (response.ok) return answer;
    throw new StageError(answer.error ?? `HTTP ${status}`, status);
  } catch (error) {
    throw error instanceof StageError ? error : new StageError(error.message, status);
  }
}

const post = (path, body = {}) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

const ofUser = (user, verb) => `/stage/users/${encodeURIComponent(user)}/${verb}`;

/** Long poll; the time limit is ours so that a vanished stage is noticed. */
export const state = (after, wait) =>
  call(`/stage/state?after=${after}&wait=${wait}`, { signal: AbortSignal.timeout((wait + 10) * 1000) });
export const messages = (user, after) => call(`${ofUser(user, "messages")}?after=${after}`);
export const toasts = (user) => call(`/stage/toasts?user=${encodeURIComponent(user)}`);
export const log = (after, limit) => call(`/stage/log?after=${after}&limit=${limit}`);

export const addUser = (user) => post("/stage/users", user);
export const send = (user, text, extra = {}) => post(ofUser(user, "send"), { text, ...extra });
export const start = (user, payload) => post(ofUser(user, "start"), payload ? { payload } : {});
export const press = (user, message, row, column) =>
  post(ofUser(user, "press"), { message_id: message, row, column });
export const edit = (user, message, text) => post(ofUser(user, "edit"), { message_id: message, text });
export const contact = (user, phone) => post(ofUser(user, "contact"), { phone_number: phone });
export const block = (user, blocked) => post(ofUser(user, "block"), { blocked });

export function upload(user, file, kind, caption) {
  const form = new FormData();
  form.append("kind", kind);
  if (caption) form.append("caption", caption);
  form.append("file", file, file.name);
  return call(ofUser(user, "upload"), { method: "POST", body: form });
}

export const setFaults = (faults) => post("/stage/faults", faults);
export const moveClock = (by) => post("/stage/clock/move", by);
export const reset = (sample) => post("/stage/reset", { sample });
export const doToBot = (what) => post("/stage/bot", { do: what });
