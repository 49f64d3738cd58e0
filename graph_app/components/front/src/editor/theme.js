// Colours that pass WCAG AA on both grounds; the app's own variables where it has them.
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool], color: "light-dark(#00527f, #7cc4f5)", fontWeight: "600" },
  { tag: tags.variableName, color: "light-dark(#7a3e00, #ffc27d)" },
  { tag: [tags.string, tags.annotation], color: "light-dark(#1d6331, #8fd9a3)" },
  { tag: [tags.integer, tags.float, tags.number], color: "light-dark(#8a1c5b, #f5a3cf)" },
  { tag: [tags.namespace, tags.typeName, tags.propertyName], color: "light-dark(#4b3a8f, #c3b5ff)" },
  { tag: tags.comment, color: "light-dark(#52606d, #aab7c4)", fontStyle: "italic" },
]);

export const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--line)", fontSize: "14px" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--st-code-font, monospace)", lineHeight: "1.5", minHeight: "220px", maxHeight: "460px" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--second)", color: "light-dark(#52606d, #aab7c4)", border: "0" },
  ".cm-activeLine": { backgroundColor: "light-dark(#00527f0d, #7cc4f512)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "light-dark(#bcd9ee, #2d4f6b) !important" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--st-font, sans-serif)", maxHeight: "260px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "light-dark(#00527f, #2a76b0)", color: "#fff" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.85" },
  ".cm-diagnostic-error": { borderLeft: "5px solid #d11" },
});
