// The instance, and samples.

class Instance {
  constructor(schema, asked) {
    this.schema = schema;
    this.asked = asked;
    this.samples = [];
    this.seed = 0;
    this.editor = new Editor(byId("instance"), {
      label: "The instance", placeholder: "An instance: JSON, YAML, TOML. Or press Sample.", onInput: () => asked(),
    });
    byId("of").addEventListener("change", () => { this.forget(); asked(); });
  }

  /** The definition that the instance is of; undefined for the schema itself. */
  get of() { return byId("of").value || undefined; }

  /** What the instance can be of. */
  offer(definitions) {
    const select = byId("of");
    const chosen = select.value;
    const names = JSON.stringify(definitions.map(({ name, places }) => [name, places[0]]));
    if (names === this.names) return;
    this.names = names;
    const places = definitions.filter(({ places }) => places[0]?.startsWith("#/"));
    const options = places.slice(0, 2000).map(({ name, places }) => make("option", { value: places[0] }, name));
    select.replaceChildren(make("option", { value: "" }, "the schema"), ...options);
    select.value = places.some(({ places }) => places[0] === chosen) ? chosen : "";
    if (select.value !== chosen) this.asked();
  }

  heard({ answer, refused }) {
    const state = byId("instance-state");
    if (refused) {
      this.editor.mark([]);
      listProblems(byId("instance-problems"), [], this.editor);
      return say(state, `! not judged: ${refused}`, "warning");
    }
    const { verdict, problems, more, instances, format } = answer;
    this.editor.language = format;
    showFormat(byId("instance-format"), format);
    this.editor.mark(problems);
    listProblems(byId("instance-problems"), problems, this.editor, this.schema, more);
    const several = instances > 1 ? ` (${instances} instances)` : "";
    const words = {
      valid: [`✓ valid${several}`, "fine"],
      invalid: worst(problems, more) ?? ["✕ invalid", "error"],
      unjudged: ["! would take too much to judge", "warning"],
      schemaless: ["the schema cannot be used", ""],
      unnamed: ["! say what it is of", "warning"],
    }[verdict];
    say(state, ...words);
  }

  empty() {
    this.editor.mark([]);
    listProblems(byId("instance-problems"), [], this.editor);
    say(byId("instance-state"), "");
  }

  /** Samples of another schema are none. */
  forget() { this.samples = []; }

  /** Shows the next of the samples; asks for more where there are none. */
  next(isBroken, ask) {
    if (this.isBroken !== isBroken) this.forget();
    this.isBroken = isBroken;
    const sample = this.samples.shift();
    if (!sample) {
      say(byId("instance-state"), "looking for samples …");
      return ask({ seed: this.seed++, broken: isBroken });
    }
    byId("instance-format").value = "";
    this.editor.replace(sample.text);
    this.asked();
  }

  heardSamples({ answer, refused }, question, ask) {
    if (refused || answer.none) return say(byId("instance-state"), `! ${refused ?? answer.none}`, "warning");
    this.samples = answer.samples;
    this.next(question.broken, ask);
  }
}
