// The types of the schema: the Rust, what each definition became, and the way from one to the other.

/** How many definitions are listed at once. */
const MOST_LISTED = 500;

class Types {
  constructor(schema) {
    this.schema = schema;
    this.definitions = [];
    this.file = "model.rs";
    this.rust = new Editor(byId("types"), {
      label: "The Rust types, to be read", language: "rust", readOnly: true, placeholder: "The types come here.",
      onCaret: (at) => this.fromRust(at),
    });
    schema.onCaret = (at) => this.fromSchema(at);
    byId("copy").addEventListener("click", (event) => copy(this.rust.text, event.target));
    byId("filter").addEventListener("input", () => this.list());
  }

  /** What was asked for is here. */
  heard({ answer, refused, took }) {
    const limit = byId("types-limit");
    limit.hidden = !refused;
    this.stale(Boolean(refused) || !answer.isMade);
    if (refused) {
      limit.textContent = `No types of this schema: ${refused}.`;
      say(byId("schema-state"), "! not judged", "warning");
      return;
    }
    const { problems } = answer;
    this.schema.language = answer.format;
    showFormat(byId("schema-format"), answer.format);
    this.schema.mark(problems);
    listProblems(byId("schema-problems"), problems, this.schema);
    say(byId("schema-state"), ...(worst(problems) ?? ["✓ a schema", "fine"]));
    byId("took").textContent = `types in ${Math.round(took)} ms`;
    if (answer.isMade) this.show(answer);
    else say(byId("types-state"), "of the last schema without problems");
  }

  stale(isStale) { document.querySelector(".beside").dataset.stale = String(isStale); }

  show({ files, file, rust, definitions, totals, said }) {
    this.file = file;
    this.definitions = definitions;
    const isFirst = !this.rust.text;
    this.rust.text = rust;
    const top = definitions.find(({ rust }) => rust);
    // What stands above the first type is for the compiler.
    if (isFirst && top) this.rust.beginAt(this.rust.lineOf(top.rust[0]));
    const chips = definitions.filter(({ declared }) => declared)
      .map((one) => [this.rust.lineOf(one.declared[0]), { kind: kindOf(one), words: `${one.shape} · ${became(one)}` }]);
    this.rust.note(new Map(chips));
    byId("files").replaceChildren(...files.map((name) =>
      button({ "aria-pressed": String(name === file) }, () => { this.file = name; this.onFile?.(); }, name)));
    const state = byId("types-state");
    say(state, `${counted(totals.definitions, "type")}: ${totals.byShape} by shape, ${totals.checked} checked, ${totals.guarded} guarded`);
    state.title = [`${totals.derived} schemas are derived`, `${totals.typedPercent.toFixed(1)} % of positions have a type`, ...said].join("\n");
    const names = JSON.stringify(definitions.map((one) => [one.name, one.places, became(one)]));
    if (names === this.names) this.renew();
    else this.list();
    this.names = names;
    const current = definitions.find(({ name }) => name === this.current?.name);
    this.choose(current, false, current?.members.find(({ name }) => name === this.member?.name));
    this.onDefinitions?.(definitions);
  }

  list() {
    const wanted = byId("filter").value.trim().toLowerCase();
    const found = this.definitions.filter(({ name, places }) =>
      `${name} ${places.join(" ")}`.toLowerCase().includes(wanted));
    this.buttons = new Map();
    const items = found.slice(0, MOST_LISTED).map((one) => {
      const item = button({ title: one.places.join("\n") }, () => this.go(this.definitions.find(({ name }) => name === one.name)),
        make("span", { class: "name" }, one.name),
        make("span", { class: "became", "data-kind": kindOf(one) }, `${one.shape}, ${became(one)}`));
      this.buttons.set(one, item);
      return make("li", {}, item);
    });
    if (found.length > MOST_LISTED) items.push(make("li", { class: "faint" }, `and ${counted(found.length - MOST_LISTED, "more type")}`));
    byId("definitions").replaceChildren(...items);
    this.showCurrent(false);
  }

  /** Lets what is listed stand for the definitions as they are now, of which none is another. */
  renew() {
    const buttons = [...this.buttons.values()];
    const at = new Map([...this.buttons.keys()].map((one, index) => [one.name, buttons[index]]));
    this.buttons = new Map(this.definitions.filter(({ name }) => at.has(name)).map((one) => [one, at.get(one.name)]));
  }

  /** Shows a definition in both texts. */
  go(one) {
    this.choose(one);
    if (one.rust) this.rust.reveal(one.rust);
    if (one.schema[0]) this.schema.reveal(one.schema[0]);
  }

  fromRust(at) {
    const one = this.definitions.find(({ rust }) => rust && rust[0] <= at && at <= rust[1]);
    const member = innermost(one?.members, "rust", at);
    this.choose(one, true, member);
    const place = member?.schema ?? one?.schema[0];
    if (place) this.schema.reveal(place);
  }

  fromSchema(at) {
    let [best, length] = [undefined, Infinity];
    for (const one of this.definitions) {
      for (const [start, end] of one.schema) {
        if (start <= at && at <= end && end - start < length) [best, length] = [one, end - start];
      }
    }
    const member = innermost(best?.members, "schema", at);
    this.choose(best, true, member);
    const place = member?.rust ?? best?.rust;
    if (place) this.rust.reveal(place);
  }

  /** Shows that a definition is looked at, or a field or variant of it. */
  choose(one, isMoved = true, member = undefined) {
    this.current = one;
    this.member = member;
    const [rust, schema] = member ? [[member.rust], [member.schema]] : [one?.rust && [one.rust], one?.schema];
    this.rust.link(rust ?? null);
    this.schema.link(schema?.length ? schema : null);
    let words = one ? `${one.name}: ${one.shape}, ${became(one)}, from ${one.places.join(", ")}` : "";
    if (member) words = `${one.name}.${member.name}, from ${member.place}`;
    byId("linked").textContent = words;
    this.showCurrent(isMoved);
  }

  showCurrent(isMoved) {
    for (const [one, item] of this.buttons ?? []) {
      const isCurrent = one === this.current;
      if (isCurrent) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
      if (isCurrent && isMoved) item.scrollIntoView({ block: "nearest" });
    }
  }

  /** From a type to its place, with the caret, and back. */
  jump() {
    const [one, member] = [this.current, this.member];
    if (!one) return;
    const place = member?.schema ?? one.schema[0];
    if (this.schema.hasFocus && one.rust) { show("types"); this.rust.reveal(member?.rust ?? one.declared ?? one.rust, true); }
    else if (place) { show("schema"); this.schema.reveal([place[0], place[0]], true); }
  }
}

/** The one of some members that is nearest around a place in one of the texts. */
function innermost(members = [], text, at) {
  let best;
  for (const one of members) {
    const [start, end] = one[text];
    if (start <= at && at <= end && !(best && best[text][1] - best[text][0] <= end - start)) best = one;
  }
  return best;
}

const kindOf = ({ checkedBy, guardedBy }) => (guardedBy.length ? "guarded" : checkedBy.length ? "checked" : "shape");

/** What a definition became, in words. */
function became({ checkedBy, guardedBy, onlyFor, carriedBecause }) {
  const parts = [];
  if (checkedBy.length) parts.push(`checked: ${checkedBy.join(", ")}`);
  if (guardedBy.length) parts.push(`guarded: ${guardedBy.join(", ")}`);
  if (!parts.length) parts.push("by shape");
  if (onlyFor) parts.push(`for ${onlyFor}`);
  if (carriedBecause) parts.push("schema carried");
  return parts.join("; ");
}
