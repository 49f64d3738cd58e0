// The text of the query at hand.
import { closeBrackets, closeBracketsKeymap, autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";
import { colours, look } from "./theme.js";

export class Writing {
  constructor(editor, root, source) {
    this.editor = editor;
    this.states = new WeakMap();
    this.element = document.createElement("div");
    this.element.id = "query";
    this.element.setAttribute("role", "tabpanel");
    const { words } = editor;
    this.extensions = [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => { editor.run(); return true; } }])),
      lineNumbers(), history(), drawSelection(), indentOnInput(), indentUnit.of("  "), bracketMatching(),
      closeBrackets(), highlightActiveLine(), highlightSelectionMatches(), lintGutter(), EditorView.lineWrapping,
      autocompletion({ override: [source], icons: false, maxRenderedOptions: 60 }),
      // Tab is left alone, so that it leads out of the editor.
      keymap.of([
        ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap,
      ]),
      sparql(), syntaxHighlighting(colours), look, EditorState.phrases.of(words.phrases),
      EditorView.contentAttributes.of({ "aria-label": words.query, "aria-multiline": "true" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) editor.changed(update.state.doc.toString());
      }),
    ];
    this.view = new EditorView({ parent: this.element, root });
  }

  open(tab) {
    if (this.tab) this.states.set(this.tab, this.view.state);
    this.tab = tab;
    this.element.setAttribute("aria-labelledby", `tab-${tab.number}`);
    const kept = this.states.get(tab);
    this.view.setState(
      kept?.doc.toString() === tab.text ? kept : EditorState.create({ doc: tab.text, extensions: this.extensions }),
    );
    this.mark(this.fault);
  }

  replace(text) {
    const { doc } = this.view.state;
    if (doc.toString() !== text) this.view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }

  // A fault belongs to the text that was asked; in a text that has changed since, it says nothing.
  mark(fault) {
    this.fault = fault;
    const { doc } = this.view.state;
    const found = [];
    if (fault && doc.toString() === fault.text) {
      const line = doc.line(Math.min(Math.max(1, fault.line), doc.lines));
      const from = Math.min(line.from + Math.max(0, fault.column - 1), line.to);
      found.push({ from, to: Math.min(line.to, from + 1) || from, severity: "error", message: fault.message });
    }
    this.view.dispatch(setDiagnostics(this.view.state, found));
  }

  focus() {
    this.view.focus();
  }

  destroy() {
    this.view.destroy();
  }
}
