// What can be written next: prefixes, classes, predicates and named things of this graph, and variables of the query.
import { syntaxTree } from "@codemirror/language";

const KEYWORDS = [
  "SELECT", "DISTINCT", "WHERE", "OPTIONAL", "FILTER", "UNION", "MINUS", "VALUES", "BIND", "GRAPH", "CONSTRUCT", "ASK",
  "DESCRIBE", "GROUP BY", "ORDER BY", "HAVING", "LIMIT", "OFFSET", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE",
  "GROUP_CONCAT", "FILTER NOT EXISTS", "STR", "LANG", "YEAR", "CONTAINS", "LCASE", "REGEX", "BOUND", "COALESCE",
];
const WORD = /[?$]?[\p{L}\w-]*:?[\p{L}\w-]*$/u;
const BUSY = 503;
const PAUSE_MS = 5000;
const CLOSED = new Set(["Comment", "String", "IriRef"]);

// A server that is busy with long queries, or still making its store, has none just now, and is asked again.
export async function fetchVocabulary(address, wanted) {
  for (;;) {
    const answer = await fetch(address);
    if (answer.ok) return answer.json();
    if (answer.status !== BUSY) throw new Error(`The vocabulary of the graph did not come: ${answer.status}`);
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
    if (!wanted()) return undefined;
  }
}

export function complete(vocabulary) {
  return (context) => {
    const word = context.matchBefore(WORD);
    if ((!word || word.from === word.to) && !context.explicit) return null;
    const from = word ? word.from : context.pos;
    if (CLOSED.has(syntaxTree(context.state).resolveInner(from, 1).name)) return null;
    const text = context.state.doc.toString();
    if (word?.text.match(/^[?$]/)) return { from, options: variables(text, word.text), validFor: /^[?$]\w*$/ };
    return { from, options: options(vocabulary(), text.slice(0, from)), validFor: /^[\p{L}\w:-]*$/u };
  };
}

function variables(text, typed) {
  const found = new Set(text.match(/[?$]\w+/g) ?? []);
  found.delete(typed);
  return [...found].map((label) => ({ label, type: "variable" }));
}

function options(vocabulary, before) {
  const keywords = KEYWORDS.map((label) => ({ label, type: "keyword", boost: -50 }));
  if (!vocabulary) return keywords;
  const { prefixes, classes, predicates, things, words } = vocabulary;
  const declaring = /\bPREFIX\s+$/i.test(before);
  const named = Object.entries(prefixes).map(([prefix, namespace]) => ({
    label: `${prefix}:`,
    detail: namespace,
    apply: declaring ? `${prefix}: <${namespace}>\n` : put(`${prefix}:`, prefixes),
    boost: -20,
  }));
  if (declaring) return named;
  const afterType = /(?:\sa|rdf:type)\s+$/.test(before);
  const count = (kind, number) => `${words[kind]} · ${number.toLocaleString(words.language)}`;
  const term = (kind, boost) => ([name, label, number]) => ({
    label: label ? `${name} ${label}` : name,
    displayLabel: name,
    detail: `${label} · ${count(kind, number)}`,
    apply: put(name, prefixes),
    boost,
  });
  return [
    ...classes.map(term("class", afterType ? 40 : 5)),
    ...(afterType ? [] : predicates.map(term("predicate", 20))),
    ...(afterType ? [] : things.map(([written, label, number]) => ({
      label: `${label} ${written}`,
      displayLabel: label,
      detail: count("thing", number),
      apply: put(written, prefixes),
    }))),
    ...named,
    ...keywords,
  ];
}

// Writes a term, and above all else the line of its prefix where there is none yet.
function put(written, prefixes) {
  return (view, _, from, to) => {
    const prefix = /^([\w-]*):/.exec(written)?.[1];
    const line = `PREFIX ${prefix}: <${prefixes[prefix]}>\n`;
    const declared = new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(view.state.doc.toString());
    const head = prefix !== undefined && prefixes[prefix] && !declared ? line : "";
    view.dispatch({
      changes: [...(head ? [{ from: 0, insert: head }] : []), { from, to, insert: written }],
      selection: { anchor: head.length + from + written.length },
      userEvent: "input.complete",
    });
  };
}
