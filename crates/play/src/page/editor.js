// A text that is edited, or read. What is written stands in a text area, as every key, screen reader and clipboard knows it; it
// is drawn below, line by line, and only the lines that can be seen: so a text of megabytes costs no more than one of a page.

const LINE = 20;
/** A line that is longer is shown by the text area itself, without colours. */
const LONGEST = 3000;
const SIGNS = { error: "✕", warning: "!", note: "i" };

class Editor {
  constructor(host, { label, language = "json", readOnly = false, placeholder = "", onInput, onCaret }) {
    this.language = language;
    this.onInput = onInput;
    this.onCaret = onCaret;
    this.marks = [];
    this.chips = new Map();
    this.linked = null;
    this.gutter = make("div", { class: "gutter", "aria-hidden": "true" });
    this.lines = make("div", { class: "lines" });
    this.area = make("textarea", {
      "aria-label": label, spellcheck: "false", autocomplete: "off", autocapitalize: "off", wrap: "off", placeholder,
    });
    this.area.readOnly = readOnly;
    this.view = make("div", { class: "view" }, make("div", { class: "paint", "aria-hidden": "true" }, this.lines), this.area);
    host.append(this.gutter, this.view);
    this.area.addEventListener("input", () => { this.changed(); this.onInput?.(); });
    this.area.addEventListener("scroll", () => this.drawSoon());
    for (const event of ["keyup", "mouseup", "focus"]) this.area.addEventListener(event, () => this.caretMoved());
    this.area.addEventListener("keydown", (event) => this.indent(event));
    if (readOnly) for (const event of ["focus", "pointerdown"]) this.area.addEventListener(event, () => this.settle());
    new ResizeObserver(() => this.drawSoon()).observe(host);
    this.changed();
  }

  get text() { return this.value; }

  set text(text) {
    if (text === this.value) return;
    this.read(text);
    if (!this.area.readOnly || !this.area.value) return this.settle();
    // What is seen is drawn at once. The text area, to which a long text is work, follows when nothing else is to be done.
    clearTimeout(this.late);
    this.late = setTimeout(() => this.settle(), 150);
  }

  /** Lets the text area have the text that is shown. */
  settle() {
    clearTimeout(this.late);
    if (this.area.value === this.value) return;
    const { scrollTop, scrollLeft, selectionStart } = this.area;
    this.area.value = this.value;
    this.area.setSelectionRange(selectionStart, selectionStart);
    this.area.scrollTop = scrollTop;
    this.area.scrollLeft = scrollLeft;
    this.drawSoon();
  }

  /** Replaces all of the text so that it can be undone. Whoever has the focus keeps it. */
  replace(text) {
    const focused = document.activeElement;
    if (this.value) {
      this.area.focus({ preventScroll: true });
      this.area.select();
      if (!document.execCommand("insertText", false, text)) this.text = text;
      focused?.focus({ preventScroll: true });
    } else this.text = text;
    this.area.setSelectionRange(0, 0);
    this.area.scrollTop = 0;
  }

  /** Shows the text from this line on, when it is seen first. */
  beginAt(line) {
    this.begin = line;
    this.drawSoon();
  }

  get hasFocus() { return document.activeElement === this.area; }

  changed() { this.read(this.area.value); }

  /** Reads a text: where its lines begin. */
  read(text) {
    this.value = text;
    this.starts = [0];
    let longest = 0;
    for (let at = this.value.indexOf("\n"); at >= 0; at = this.value.indexOf("\n", at + 1)) {
      longest = Math.max(longest, at - this.starts.at(-1));
      this.starts.push(at + 1);
    }
    longest = Math.max(longest, this.value.length - this.starts.at(-1));
    this.view.classList.toggle("plain", longest > LONGEST);
    this.isPlain = longest > LONGEST;
    this.marks = [];
    this.drawSoon();
  }

  /** A new line begins where the one before does. */
  indent(event) {
    if (event.key !== "Enter" || event.isComposing || this.area.readOnly || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.area.selectionStart;
    const line = this.value.slice(this.starts[this.lineOf(at)], at);
    const space = /^\s*/.exec(line)[0] + (/[{[:]\s*$/.test(line) ? "  " : "");
    if (!space) return;
    event.preventDefault();
    // What is typed so can be undone.
    document.execCommand("insertText", false, `\n${space}`);
  }

  /** The index of the line of a place. */
  lineOf(at) {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  endOf(line) { return line + 1 < this.starts.length ? this.starts[line + 1] - 1 : this.value.length; }

  /** Underlines these problems, and marks their lines in the margin. */
  mark(problems) {
    this.marks = problems.filter((problem) => problem.at);
    this.drawSoon();
  }

  /** Words behind lines: by the index of the line. */
  note(chips) {
    this.chips = chips;
    this.drawSoon();
  }

  /** Shows that something belongs to what is looked at elsewhere. */
  link(range) {
    this.linked = range;
    this.drawSoon();
  }

  caretMoved() {
    if (this.onCaret && this.lastCaret !== this.area.selectionStart) {
      this.lastCaret = this.area.selectionStart;
      this.onCaret(this.lastCaret);
    }
  }

  /** Brings a place into view; selects it if it is to be edited. */
  reveal([start, end], select = false) {
    this.settle();
    const line = this.lineOf(start);
    const [top, height] = [line * LINE, this.area.clientHeight];
    if (top < this.area.scrollTop || top + 3 * LINE > this.area.scrollTop + height) {
      this.area.scrollTop = Math.max(0, top - height / 4);
    }
    const left = (start - this.starts[line]) * 7.83;
    if (left < this.area.scrollLeft || left > this.area.scrollLeft + this.area.clientWidth - 60) {
      this.area.scrollLeft = Math.max(0, left - this.area.clientWidth / 3);
    }
    if (select) {
      this.area.focus({ preventScroll: true });
      this.area.setSelectionRange(start, Math.max(start, end));
      this.caretMoved();
    }
    this.drawSoon();
  }

  /** Goes to the next problem after the caret, or the one before it. */
  step(back) {
    const marks = [...this.marks].sort((one, other) => one.at[0] - other.at[0]);
    if (!marks.length) return;
    const caret = this.area.selectionStart;
    const after = marks.find((mark) => mark.at[0] > caret) ?? marks[0];
    const before = marks.findLast((mark) => mark.at[0] < caret) ?? marks.at(-1);
    this.reveal((back ? before : after).at, true);
  }

  drawSoon() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => { this.isDue = false; this.draw(); });
  }

  draw() {
    if (this.begin && this.area.clientHeight) {
      this.area.scrollTop = this.begin * LINE;
      this.begin = 0;
    }
    const { scrollTop, scrollLeft, clientHeight } = this.area;
    const first = Math.max(0, Math.floor(scrollTop / LINE) - 2);
    const last = Math.min(this.starts.length, Math.ceil((scrollTop + clientHeight) / LINE) + 2);
    const [numbers, lines] = [[], []];
    for (let line = first; line < last; line++) {
      const [start, end] = [this.starts[line], this.endOf(line)];
      const marks = this.marks.filter(({ at }) => at[0] <= end && (at[1] > start || at[0] >= start));
      const isLinked = this.linked?.some(([from, until]) => from <= end && until > start);
      numbers.push(this.numberOf(line, line * LINE - scrollTop, marks, start, isLinked));
      const drawn = make("div", { class: isLinked ? "line linked" : "line" });
      if (!this.isPlain) this.drawLine(drawn, start, end, marks);
      const chip = this.chips.get(line);
      if (chip) drawn.append(make("span", { class: "chip", "data-kind": chip.kind }, chip.words));
      lines.push(drawn);
    }
    this.gutter.style.width = `${Math.max(3, String(this.starts.length).length) + 3}ch`;
    this.gutter.replaceChildren(...numbers);
    this.lines.style.transform = `translate(${-scrollLeft}px, ${first * LINE - scrollTop}px)`;
    this.lines.replaceChildren(...lines);
  }

  numberOf(line, top, marks, start, isLinked) {
    // A problem of several lines is told where it begins.
    const begun = marks.filter(({ at }) => at[0] >= start);
    const level = ["error", "warning", "note"].find((level) => begun.some((mark) => mark.level === level));
    const number = make("div", { class: isLinked ? "number linked" : "number", "data-level": level });
    if (level) number.append(make("span", { class: "sign" }, SIGNS[level]));
    number.append(String(line + 1));
    number.style.top = `${top}px`;
    return number;
  }

  drawLine(into, start, end, marks) {
    const line = this.value.slice(start, end);
    const cuts = new Set();
    for (const { at } of marks) {
      cuts.add(Math.max(0, at[0] - start));
      cuts.add(Math.min(line.length, Math.max(at[1], at[0] + 1) - start));
    }
    for (const { start: from, end: until, kind } of tokens(line, this.language)) {
      const ends = [...cuts].filter((cut) => cut > from && cut < until).sort((one, other) => one - other);
      let at = from;
      for (const next of [...ends, until]) {
        const mark = marks.find(({ at: [begin, stop] }) => begin - start <= at && Math.max(stop, begin + 1) - start >= next);
        into.append(piece(line.slice(at, next), kind, mark));
        at = next;
      }
    }
    // What is missing at the end of a line has no character to stand under.
    const behind = marks.find(({ at }) => at[0] >= end);
    if (behind) into.append(piece(" ", "", behind));
  }
}

function piece(text, kind, mark) {
  const look = mark ? (mark.level === "error" ? "wrong" : "doubtful") : "";
  return kind || look ? make("span", { class: `${kind} ${look}`.trim() }, text) : document.createTextNode(text);
}
