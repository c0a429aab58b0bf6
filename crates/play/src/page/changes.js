// What changed since the schema before, and whom it breaks.

const VERDICTS = { compatible: "✓ compatible", breaking: "✕ breaking", unproven: "? unproven", unknown: "? unknown" };

const RELEASES = { none: "= none", patch: "✓ patch", minor: "✓ minor", major: "✕ major" };

class Changes {
  constructor(schema, asked) {
    this.schema = schema;
    this.asked = asked;
    this.editor = new Editor(byId("before"), { label: "The schema before", placeholder: "The schema before.", onInput: asked });
    for (const one of byId("changes-view").children) one.addEventListener("click", () => this.view(one.dataset.view));
    byId("keep").addEventListener("click", () => { this.editor.text = schema.text; asked(); });
  }

  view(name) {
    for (const one of byId("changes-view").children) one.setAttribute("aria-pressed", String(one.dataset.view === name));
    byId("verdicts").hidden = name !== "verdicts";
    byId("before").hidden = name !== "before";
    byId("before-problems").hidden = name !== "before";
    if (name === "before") this.editor.drawSoon();
  }

  heard({ answer, refused }) {
    const [state, host] = [byId("changes-state"), byId("verdicts")];
    if (refused) {
      host.replaceChildren();
      return say(state, `! not compared: ${refused}`, "warning");
    }
    const { format, problems, none, data, places, more, added, removed, operations, api } = answer;
    this.editor.language = format;
    this.editor.mark(problems);
    listProblems(byId("before-problems"), problems, this.editor);
    if (problems.length || none) {
      host.replaceChildren(make("p", { class: "faint" }, none ?? "The schema before cannot be used; see its problems."));
      return say(state, problems.length ? "✕ the schema before" : "", "error");
    }
    const isNothing = !places.length && !added.length && !removed.length;
    if (isNothing) {
      host.replaceChildren(make("p", { class: "faint" },
        "Nothing changed. Edit the schema, and here is told whether data that was valid stays so, with a proof or an example. "
        + "“Schema before” is what it is told from."));
      return say(state, "nothing changed");
    }
    const list = make("ul", {}, ...places.map((place) => this.place(place)));
    if (more) list.append(make("li", {}, `and ${counted(more, "more place")}`));
    for (const [words, names] of [["New", added], ["Removed", removed]]) {
      if (names.length) list.append(make("li", {}, `${words}: ${names.join(", ")}`));
    }
    for (const { operation, is_request: isRequest, data } of operations) {
      list.append(make("li", {}, `${isRequest ? "requests to" : "responses of"} ${operation}: `, told(data)));
    }
    const pair = make("div", { class: "pair" },
      make("div", { class: "stack" }, card("Old data under the new schema", data.old_data, "The old schema accepts this, and the new one does not:"), api && this.release(api)),
      make("div", { class: "stack" }, card("New data under the old schema", data.new_data, "The new schema accepts this, and the old one does not:")));
    host.replaceChildren(pair, list);
    const breaking = [data.old_data, data.new_data].filter(({ verdict }) => verdict === "breaking").length;
    const open = [data.old_data, data.new_data].some(({ verdict }) => verdict !== "compatible");
    say(state, breaking ? "✕ breaking" : open ? "? unproven" : "✓ compatible", breaking ? "error" : open ? "warning" : "fine");
  }

  /** What it does to code that uses the types. */
  release({ release, changes, more }) {
    const items = changes.map(({ item, change, release }) => make("li", {}, make("code", {}, item), ` ${change} (${release})`));
    if (more) items.push(make("li", {}, `and ${counted(more, "more change")}`));
    const card = make("div", { class: "verdict" }, make("div", { class: "who" }, "Release of the Rust types"),
      make("span", { class: "told", "data-verdict": release === "major" ? "breaking" : "compatible" }, RELEASES[release] ?? release));
    if (items.length) card.append(make("details", {}, make("summary", {}, counted(changes.length + more, "change")), make("ul", {}, ...items)));
    return card;
  }

  place({ definition, pointer, changes, data, at }) {
    const go = button({}, () => { if (at) { show("schema"); this.schema.reveal(at, true); } }, `${definition} #${pointer}${changes[0]?.keyword ?? ""}`);
    const item = make("li", {}, go, ...changes.map(({ change }) => make("div", { class: "said", title: change }, change)));
    if (data) {
      item.append(make("div", { class: "effects" }, "here, old data ", told(data.old_data), ", new data ", told(data.new_data)));
    }
    return item;
  }
}

function told({ verdict }) {
  return make("span", { class: "told", "data-verdict": verdict }, VERDICTS[verdict] ?? verdict);
}

/** A value as JSON: on one line, if it is short. */
function shortOrLaidOut(value) {
  const line = JSON.stringify(value);
  return line.length <= 70 ? line : JSON.stringify(value, null, 2);
}

/** A verdict on whole instances, with what shows it. */
function card(who, data, shown) {
  const element = make("div", { class: "verdict" }, make("div", { class: "who" }, who), told(data));
  if (data.tried !== undefined) element.append(make("div", { class: "who" }, `none of ${data.tried} instances that were tried breaks it, and no proof was found`));
  if (data.witness !== undefined) {
    element.append(make("div", { class: "who" }, shown), make("pre", {}, shortOrLaidOut(data.witness)));
  }
  if (data.error) element.append(make("div", { class: "who" }, data.error));
  return element;
}
