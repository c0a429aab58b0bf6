// Settings as switches, and the lines of a manifest that they stand for.

class Settings {
  constructor(switches, schemaName, changed) {
    this.switches = switches;
    this.schemaName = schemaName;
    this.changed = changed;
    this.chosen = {};
    this.drawer = byId("settings");
    this.opener = byId("open-settings");
    byId("switches").append(...switches.map((one) => this.fieldset(one)));
    this.opener.addEventListener("click", () => this.toggle(this.drawer.hidden));
    byId("close-settings").addEventListener("click", () => this.toggle(false));
    byId("reset-settings").addEventListener("click", () => this.reset());
    byId("copy-manifest").addEventListener("click", (event) => copy(byId("manifest").textContent, event.target));
    this.show();
  }

  fieldset({ key, says, choices }) {
    const option = ({ value, means }, index) => {
      const radio = make("input", { type: "radio", name: `switch-${key}`, value });
      radio.checked = index === 0;
      radio.addEventListener("change", () => this.choose(key, index === 0 ? undefined : value));
      return make("label", {}, radio, make("code", {}, value), make("span", { class: "means" }, means));
    };
    return make("fieldset", {}, make("legend", {}, `${says} `, make("code", {}, key)), ...choices.map(option));
  }

  choose(key, value) {
    if (value === undefined) delete this.chosen[key];
    else this.chosen[key] = value;
    this.show();
    this.changed();
  }

  reset() {
    this.chosen = {};
    for (const radio of byId("switches").querySelectorAll("input")) {
      radio.checked = !radio.parentElement.previousElementSibling?.matches("label");
    }
    this.show();
    this.changed();
  }

  show() {
    const lines = ["[package.metadata.isomorph]", `schema = ${JSON.stringify(this.schemaName)}`, 'out = "src"'];
    const chosen = this.switches.filter(({ key }) => key in this.chosen)
      .map(({ key, choices }) => choices.find(({ value }) => value === this.chosen[key]).line);
    byId("manifest").replaceChildren(`${lines.join("\n")}\n`, ...chosen.map((line) => make("b", {}, `${line}\n`)));
    this.opener.textContent = chosen.length ? `Settings (${chosen.length})` : "Settings";
  }

  toggle(isOpen) {
    const hadFocus = this.drawer.contains(document.activeElement);
    this.drawer.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) byId("close-settings").focus();
    else if (hadFocus) this.opener.focus();
  }
}
