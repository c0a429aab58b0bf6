// Problems as a list below the text that they are in.

/** How many are listed. */
const LISTED = 60;

/** Lists problems; each leads to its place, and to the place in the schema that says so. */
function listProblems(host, problems, editor, schemaEditor, more = 0) {
  host.replaceChildren();
  if (!problems.length) return;
  const list = make("ol");
  for (const problem of problems.slice(0, LISTED)) {
    const where = problem.line ? `${problem.line}:${problem.column}` : "";
    const go = button({ class: "go" }, () => { if (problem.at) editor.reveal(problem.at, true); },
      make("span", { class: "sign", title: problem.level }, SIGNS[problem.level]),
      make("span", { class: "where" }, where),
      make("span", { class: "said" }, problem.message));
    const item = make("li", { "data-level": problem.level }, go);
    const about = make("div", { class: "more" });
    if (problem.path) about.append(problem.path);
    if (problem.schemaAt && schemaEditor) {
      const go = button({}, () => { show("schema"); schemaEditor.reveal(problem.schemaAt, true); }, `#${problem.keywordLocation}`);
      about.append(problem.path ? ", by " : "by ", go);
    }
    if (about.childNodes.length) item.append(about);
    for (const words of problem.help) item.append(make("div", { class: "more" }, words));
    list.append(item);
  }
  const left = problems.length - LISTED + more;
  if (problems.length > LISTED || more) list.append(make("li", {}, `and ${counted(Math.max(left, more), "more problem")}`));
  host.append(list);
}

/** What is to be said of problems in a word: their number, by the worst of them. */
function worst(problems, more = 0) {
  const errors = problems.filter((problem) => problem.level === "error").length + more;
  if (errors) return [`✕ ${counted(errors, "problem")}`, "error"];
  if (problems.length) return [`! ${counted(problems.length, "note")}`, "warning"];
  return null;
}
