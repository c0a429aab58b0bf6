// Questions to the tool. Of each kind one is on its way at most; what is asked meanwhile waits, and only the last counts.

/** After so long a question that nobody wants any more is given up. In milliseconds. */
const PATIENCE = 400;

/** Asks the tool; gives the answer, or the words of a refusal. */
async function post(question, signal) {
  const body = JSON.stringify(question);
  const begun = performance.now();
  let response;
  try {
    response = await fetch("ask", { method: "POST", headers: { "Content-Type": "application/json" }, body, signal });
  } catch (error) {
    if (error.name === "AbortError") return { givenUp: true };
    byId("lost").hidden = false;
    return { givenUp: true };
  }
  byId("lost").hidden = true;
  try {
    if (!response.ok) return { refused: await response.text(), isLimit: response.status === 504 };
    return { answer: await response.json(), took: performance.now() - begun };
  } catch {
    return { givenUp: true };
  }
}

/** Asks one kind of question. */
class Asker {
  constructor(about, heard) {
    this.about = about;
    this.heard = heard;
    this.waiting = null;
    this.current = null;
  }

  /** Asks, as soon as what was asked before is answered or has taken too long. */
  ask(question) {
    this.waiting = { about: this.about, ...question };
    if (!this.current) this.next();
    else this.giveUpLater(this.current);
  }

  giveUpLater(current) {
    const left = Math.max(0, PATIENCE - (performance.now() - current.begun));
    setTimeout(() => { if (this.current === current && this.waiting) current.abort.abort(); }, left);
  }

  async next() {
    const question = this.waiting;
    this.waiting = null;
    const current = { abort: new AbortController(), begun: performance.now() };
    this.current = current;
    const found = await post(question, current.abort.signal);
    this.current = null;
    if (!found.givenUp) this.heard(found, question);
    if (this.waiting) this.next();
  }
}
