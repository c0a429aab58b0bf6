// Elements, made by name. Texts become text nodes: nothing of a schema or an instance is ever markup.

const byId = (id) => document.getElementById(id);

/** An element with attributes and children; a child that is no element is a text. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

/** A button that does something. */
function button(attributes, act, ...children) {
  const element = make("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", act);
  return element;
}

/** Words of a count: `1 problem`, `2 problems`. */
const counted = (count, one) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;

/** Lets an element say a state: words, and how good that is. */
function say(element, words, level = "") {
  element.textContent = words;
  element.dataset.level = level;
}

/** Says what a text seems to be written in, as the choice that goes by that. */
function showFormat(select, format) {
  select.options[0].textContent = format.toUpperCase();
}

/** Puts a text on the clipboard, and says so on the button for a moment. */
async function copy(text, from) {
  const words = from.textContent;
  try {
    await navigator.clipboard.writeText(text);
    from.textContent = "Copied";
  } catch {
    from.textContent = "Not allowed";
  }
  setTimeout(() => { from.textContent = words; }, 1200);
}
