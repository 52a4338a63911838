// Building the page's elements. Data only ever becomes text nodes, never markup.

/**
 * An element. `props` are attributes; besides: `class`, `on` ({event: listener}), `data` (dataset),
 * booleans (true sets, false and null leave out). Strings among `children` become text nodes.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "class") node.className = value;
  else node.setAttribute(name, value === true ? "" : value);
}

/** A real button with a listener; every control of the page that acts is one. */
export function button(props, listener, ...children) {
  return el("button", { type: "button", ...props, on: { click: listener } }, ...children);
}

const DRAWINGS = {
  send: "M4 12 20 4l-5 16-4-6-7-2Zm7 2 9-10",
  attach: "M8 12.5 14.5 6a3 3 0 0 1 4.3 4.3l-8.5 8.4a5 5 0 0 1-7-7L11 4",
  more: "M12 5.5v.02M12 12v.02M12 18.5v.02",
  dots: "M5.5 12h.02M12 12h.02M18.5 12h.02",
  cross: "M6 6l12 12M18 6 6 18",
  slash: "M15.5 4.5l-7 15",
  keyboard: "M4 7h16v10H4ZM7 10v.01M11 10v.01M15 10v.01M8 14h8",
  down: "M6 9l6 6 6-6",
  plus: "M12 5v14M5 12h14",
  out: "M8 16 17 7M9 7h8v8",
  copy: "M9 9h10v10H9ZM15 9V5H5v10h4",
  file: "M7 3h7l4 4v14H7ZM14 3v4h4",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
};

/** A line drawing of ours, invisible to screen readers (the button around it has the words). */
export function drawing(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "drawing");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}
