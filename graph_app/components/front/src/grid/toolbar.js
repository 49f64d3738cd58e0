// Above the table: how much there is to repair, ways to it, and whether all is kept.
export function button(label, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}

export class Toolbar {
  constructor(grid) {
    this.grid = grid;
    this.element = document.createElement("div");
    this.element.className = "toolbar";
  }

  build() {
    const { grid } = this;
    const { words } = grid;
    this.count = document.createElement("span");
    this.count.className = "count";
    this.state = document.createElement("span");
    this.state.className = "state";
    this.state.setAttribute("role", "status");
    this.back = button(words.previous, () => grid.sheet.keys.finding(-1));
    this.next = button(words.next, () => grid.sheet.keys.finding(1));
    [this.only, this.what] = this.box(() => grid.sheet.only(this.only.checked));
    [this.advising, this.advised] = this.box(() => grid.advise(this.advising.checked));
    this.advised.textContent = words.advising;
    const boxes = [this.what, this.advised].map((name) => name.parentElement);
    this.element.replaceChildren(this.count, this.back, this.next, ...boxes);
    if (grid.data.editable) {
      this.undo = button(words.undo, () => grid.change("undo"));
      this.element.append(this.undo, button(words.add, () => grid.sheet.add()));
    }
    this.element.append(this.state);
    this.built = words;
  }

  box(act) {
    const label = document.createElement("label");
    const field = document.createElement("input");
    field.type = "checkbox";
    field.addEventListener("change", act);
    const name = document.createElement("span");
    label.append(field, " ", name);
    return [field, name];
  }

  update() {
    const { grid } = this;
    if (JSON.stringify(this.built) !== JSON.stringify(grid.words)) this.build();
    const list = grid.sheet?.list ?? [];
    const blocking = list.filter((mark) => mark.blocks).length;
    this.count.textContent = grid.words.count.replace("{blocking}", blocking).replace("{advice}", list.length - blocking);
    const telling = grid.sheet?.telling() ?? [];
    this.back.disabled = this.next.disabled = this.only.disabled = telling.length === 0;
    this.advising.checked = !grid.quiet;
    this.advising.parentElement.hidden = blocking === list.length;
    this.what.textContent = blocking || !telling.length ? grid.words.only : grid.words.advised;
    this.only.checked = grid.sheet?.filtered ?? false;
    if (this.undo) this.undo.disabled = grid.data.edited === 0;
    const busy = grid.pending.length > 0;
    this.state.textContent = busy ? grid.words.checking : grid.data.edited ? grid.words.kept : "";
    grid.host.setAttribute("aria-busy", String(busy));
  }
}
