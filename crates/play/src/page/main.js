// The page, put together.

/** The panes, in the order of their keys. */
const PANES = [["schema", "Schema"], ["types", "Types"], ["instance", "Instance"], ["changes", "Changes"]];

/** Shows a pane where there is room for one only. */
function show(name) {
  byId("panes").dataset.shown = name;
  for (const tab of byId("tabs").children) {
    if (tab.dataset.pane === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

/** The formats of a text, to be chosen from. */
function offerFormats(select, formats, changed) {
  const options = [["", "as it seems"], ...formats.map((format) => [format, `always ${format.toUpperCase()}`])];
  select.append(...options.map(([value, words]) => make("option", { value }, words)));
  select.addEventListener("change", changed);
}

async function main() {
  const response = await fetch("start");
  const start = await response.json();
  byId("file").textContent = start.name ?? "";

  const schema = new Editor(byId("schema"), { label: "The schema", placeholder: "A JSON Schema: JSON, YAML or TOML.", onInput: () => schemaChanged() });
  const types = new Types(schema);
  const instance = new Instance(schema, () => askInstance());
  const changes = new Changes(schema, () => askChangesSoon());
  const settings = new Settings(start.switches, start.name ?? "schema.json", () => { askTypes(); askInstance(); });

  const typesAsker = new Asker("types", (found) => types.heard(found));
  const instanceAsker = new Asker("instance", (found) => instance.heard(found));
  const changesAsker = new Asker("changes", (found) => changes.heard(found));
  const samplesAsker = new Asker("samples", (found, question) => instance.heardSamples(found, question, askSamples));

  const written = (editor, select) => ({ text: editor.text, format: select.value || undefined });
  const common = () => ({ schema: written(schema, byId("schema-format")), settings: settings.chosen });
  const askTypes = () => typesAsker.ask({ ...common(), file: types.file });
  function askInstance() {
    if (!instance.editor.text.trim()) return instance.empty();
    instanceAsker.ask({ ...common(), of: instance.of, instance: written(instance.editor, byId("instance-format")) });
  }
  const askSamples = (which) => samplesAsker.ask({ ...common(), of: instance.of, ...which });
  let soon;
  function askChangesSoon() {
    clearTimeout(soon);
    // It takes longer than the others, and is read when typing stops.
    soon = setTimeout(() => changesAsker.ask({ ...common(), before: { text: changes.editor.text } }), 300);
  }
  function schemaChanged() {
    instance.forget();
    askTypes();
    askInstance();
    askChangesSoon();
  }

  offerFormats(byId("schema-format"), ["json", "yaml", "toml", "jsonc", "json5"], () => schemaChanged());
  offerFormats(byId("instance-format"), ["json", "yaml", "toml", "jsonc", "json5", "ndjson"], () => askInstance());
  types.onFile = askTypes;
  types.onDefinitions = (definitions) => instance.offer(definitions);
  byId("sample").addEventListener("click", () => instance.next(false, askSamples));
  byId("broken").addEventListener("click", () => instance.next(true, askSamples));
  keys({ schema, types, instance, changes, settings, sample: () => instance.next(false, askSamples) });

  dividers();
  schema.text = start.schema;
  instance.editor.text = start.instance ?? "";
  changes.editor.text = start.before ?? schema.text;
  schemaChanged();
  if (start.instance === null) instance.next(false, askSamples);
  schema.area.setSelectionRange(0, 0);
}

function keys({ schema, types, instance, changes, settings, sample }) {
  const editors = { schema, types: types.rust, instance: instance.editor, changes: changes.editor };
  const focus = (name) => {
    show(name);
    if (name === "changes" && byId("before").hidden) byId("verdicts").focus();
    else editors[name].area.focus({ preventScroll: true });
  };
  byId("tabs").append(...PANES.map(([name, words]) => button({ "data-pane": name }, () => show(name), words)));
  show("schema");
  document.addEventListener("keydown", (event) => {
    const digit = /^Digit([1-4])$/.exec(event.code)?.[1];
    const focused = Object.values(editors).find((editor) => editor.hasFocus);
    if (event.altKey && !event.ctrlKey && digit) focus(PANES[digit - 1][0]);
    else if (event.altKey && event.code === "KeyS") sample();
    else if (event.key === "F8" && focused) focused.step(event.shiftKey);
    else if (event.key === "F12" && focused) types.jump();
    else if (event.key === "Escape" && !settings.drawer.hidden) settings.toggle(false);
    else return;
    event.preventDefault();
  });
  byId("open-keys").addEventListener("click", () => byId("keys").showModal());
  const themes = ["system", "light", "dark"];
  let theme = 0;
  byId("theme").addEventListener("click", () => {
    theme = (theme + 1) % themes.length;
    document.documentElement.dataset.theme = themes[theme];
    byId("theme").textContent = `Theme: ${themes[theme]}`;
  });
}

main();
