// Below the table: what was found at the cell that has the focus, and its repair.
import { button } from "./toolbar.js";

export class Detail {
  constructor(grid) {
    this.grid = grid;
    this.element = document.createElement("div");
    this.element.className = "detail";
    this.element.setAttribute("aria-live", "polite");
  }

  show(current) {
    const { sheet, data, words } = this.grid;
    const mark = current && sheet?.mark(current.number, current.letter);
    const text = current ? sheet.text(current.number, current.letter) : "";
    const told = JSON.stringify([current, mark, text, words]);
    if (told === this.told) return;
    this.told = told;
    this.mark = mark;
    const place = document.createElement("b");
    place.textContent = current ? `${current.letter}${current.number}` : "";
    const value = document.createElement("span");
    value.className = "value";
    value.textContent = text;
    const first = document.createElement("div");
    first.append(place, " ", value);
    const messages = (mark?.messages ?? []).map((message) => {
      const line = document.createElement("div");
      line.className = mark.blocks ? "blocks" : "advice";
      line.textContent = `${mark.blocks ? "✖" : "▲"} ${message}`;
      return line;
    });
    const acts = document.createElement("div");
    acts.className = "acts";
    if (data.editable && mark?.repair) {
      const accept = button(`${words.accept} “${mark.repair}”`, () => this.repair());
      accept.className = "accept";
      acts.append(accept);
    }
    if (data.editable && current && current.number !== data.header) {
      acts.append(button(words.remove.replace("{row}", current.number), () => this.grid.deleteRow(current.number)));
    }
    this.element.replaceChildren(...(current ? [first, ...messages, acts] : []));
  }

  repair() {
    const { current } = this.grid.sheet;
    if (this.mark?.repair) this.grid.edit(current.number, this.mark.letter || current.letter, this.mark.repair);
  }
}
