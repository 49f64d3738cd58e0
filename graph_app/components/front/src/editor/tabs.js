// The tabs of queries at hand: arrows go from one to the next, as in any list of tabs.
export class Tabs {
  constructor(editor) {
    this.editor = editor;
    this.element = document.createElement("div");
    this.element.className = "tabs";
    this.element.setAttribute("role", "tablist");
    this.element.setAttribute("aria-label", editor.words.tabs);
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  draw() {
    const { tabs, active } = this.editor.desk;
    const told = tabs.map((tab) => `${tab.number}${this.title(tab)}`).join("\n") + tabs.indexOf(active);
    if (told === this.told) return;
    this.told = told;
    const focused = this.element.contains(this.element.getRootNode().activeElement);
    this.element.replaceChildren(...tabs.map((tab) => this.tab(tab, tab === active)));
    if (focused) this.element.querySelector('[aria-selected="true"]').focus();
  }

  tab(tab, chosen) {
    const button = document.createElement("button");
    button.type = "button";
    button.id = `tab-${tab.number}`;
    button.textContent = this.title(tab);
    button.setAttribute("role", "tab");
    button.setAttribute("aria-selected", chosen);
    button.setAttribute("aria-controls", "query");
    button.tabIndex = chosen ? 0 : -1;
    button.addEventListener("click", () => this.editor.show(tab));
    return button;
  }

  // A comment above all but PREFIX lines names a query.
  title(tab) {
    const named = /^(?:\s*PREFIX[^\n]*\n)*\s*#+\s*(\S.{0,28})/i.exec(tab.text);
    return named ? named[1].trim() : this.editor.words.tab.replace("{number}", tab.number);
  }

  key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const { tabs, active } = this.editor.desk;
    this.editor.show(tabs[(tabs.indexOf(active) + step + tabs.length) % tabs.length]);
    event.preventDefault();
  }
}
