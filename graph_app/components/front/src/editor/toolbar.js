// What can be done with a query, and those asked before.
export class Toolbar {
  constructor(editor) {
    this.editor = editor;
    this.element = document.createElement("div");
    this.element.className = "toolbar";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", editor.words.tools);
    const { words, desk } = editor;
    this.past = document.createElement("details");
    this.past.className = "past";
    this.element.append(
      this.button(words.run, () => editor.run(), "run"),
      this.button(words.format, () => editor.layOut()),
      this.button(words.new, () => { editor.show(desk.add("")); editor.writing.focus(); }),
      this.button(words.close, () => editor.show(desk.close(desk.active))),
      this.past,
    );
    this.draw();
  }

  button(label, act, kind = "") {
    const button = document.createElement("button");
    button.type = "button";
    button.className = kind;
    button.textContent = label;
    button.addEventListener("click", act);
    return button;
  }

  draw() {
    const { words, desk } = this.editor;
    const head = document.createElement("summary");
    head.textContent = `${words.history} (${desk.asked.length})`;
    const list = document.createElement("ol");
    list.append(...desk.asked.map((one) => this.entry(one)));
    const forget = this.button(words.forget, () => { desk.forget(); this.draw(); });
    this.past.replaceChildren(head, ...(desk.asked.length ? [list, forget] : [words.nothing]));
  }

  entry({ text, when }) {
    const entry = document.createElement("li");
    const button = this.button("", () => {
      this.past.open = false;
      this.editor.show(this.editor.desk.tabs.find((tab) => tab.text === text) ?? this.editor.desk.add(text));
      this.editor.writing.focus();
    });
    const time = document.createElement("time");
    time.textContent = new Date(when).toLocaleString(this.editor.words.language);
    button.append(time, ` ${text.replace(/\s+/g, " ").slice(0, 160)}`);
    entry.append(button);
    return entry;
  }
}
