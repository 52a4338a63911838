// Instants as people in Berlin read them.
import { locale } from "./words.js";

const ZONE = "Europe/Berlin";
const formatters = new Map();

function formatter(options) {
  const key = locale() + JSON.stringify(options);
  if (!formatters.has(key)) {
    formatters.set(key, new Intl.DateTimeFormat(locale(), { timeZone: ZONE, ...options }));
  }
  return formatters.get(key);
}

export const clockTime = (ms) => formatter({ hour: "2-digit", minute: "2-digit" }).format(ms);
export const longDay = (ms) => formatter({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(ms);
export const shortDay = (ms) => formatter({ weekday: "short", day: "numeric", month: "long", year: "numeric" }).format(ms);
export const dayAndTime = (ms) => `${shortDay(ms)}, ${clockTime(ms)}`;
export const toTheSecond = (ms) => formatter({ hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(ms);

/** Equal for two instants of the same Berlin day. */
export const dayKey = (ms) => formatter({ year: "numeric", month: "2-digit", day: "2-digit" }).format(ms);
