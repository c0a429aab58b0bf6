// A line of text in pieces that look different. Of what goes over several lines each line is taken by itself.

const RULES = {
  json: [
    [/"(?:[^"\\]|\\.)*"(?=\s*:)/y, "key"],
    [/"(?:[^"\\]|\\.)*"?/y, "string"],
    [/-?\d[\d.eE+-]*/y, "number-token"],
    [/(?:true|false|null)\b/y, "word"],
    [/\/\/.*/y, "comment"],
  ],
  yaml: [
    [/#.*/y, "comment", /(^|\s)$/],
    [/[^\s#:,{}[\]"'-][^#:,{}[\]"']*(?=\s*:(\s|$))/y, "key"],
    [/"(?:[^"\\]|\\.)*"(?=\s*:)|'[^']*'(?=\s*:)/y, "key"],
    [/"(?:[^"\\]|\\.)*"?|'[^']*'?/y, "string"],
    [/-?\d[\d.eE+-]*(?=\s|$|,)/y, "number-token"],
    [/(?:true|false|null)(?=\s|$|,)/y, "word"],
  ],
  toml: [
    [/#.*/y, "comment"],
    [/[\w.-]+(?=\s*=)/y, "key"],
    [/\[+[^\]]*\]+/y, "type", /^\s*$/],
    [/"(?:[^"\\]|\\.)*"?|'[^']*'?/y, "string"],
    [/-?\d[\d.eE+:TZ-]*/y, "number-token"],
    [/(?:true|false)\b/y, "word"],
  ],
  rust: [
    [/\/\/.*/y, "comment"],
    [/#!?\[.*/y, "attribute", /^\s*$/],
    [/"(?:[^"\\]|\\.)*"?/y, "string"],
    [/\b(?:pub|struct|enum|type|impl|fn|use|mod|const|static|for|where|crate|self|super|as|let|match|if|else|return|trait|macro_rules)\b/y, "word"],
    [/\b[A-Z]\w*/y, "type"],
    [/\b\d[\d_.]*(?:[iuf]\d+)?\b/y, "number-token"],
  ],
};
RULES.jsonc = RULES.json;
RULES.json5 = RULES.json;
RULES.ndjson = RULES.json;

/** The pieces of a line: where each ends, and what it is. */
function tokens(line, language) {
  const rules = RULES[language] ?? [];
  const found = [];
  let at = 0;
  const push = (end, kind) => {
    const last = found.at(-1);
    if (last && last.kind === kind) last.end = end;
    else found.push({ start: at, end, kind });
    at = end;
  };
  while (at < line.length) {
    const rule = rules.find(([pattern, , before]) => {
      pattern.lastIndex = at;
      return pattern.test(line) && (!before || before.test(line.slice(0, at)));
    });
    if (rule && rule[0].lastIndex > at) push(rule[0].lastIndex, rule[1]);
    else {
      // A word is one piece, so that no rule begins inside it.
      const word = /\w+|\W/y;
      word.lastIndex = at;
      word.test(line);
      push(word.lastIndex, "");
    }
  }
  return found;
}
