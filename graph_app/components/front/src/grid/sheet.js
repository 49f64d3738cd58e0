// The table itself, drawn by Tabulator with only the rows in view in the document.
import {
  EditModule, FilterModule, FormatModule, FrozenColumnsModule, InteractionModule, ResizeColumnsModule, Tabulator,
} from "tabulator-tables";
import { textEditor } from "./editor.js";
import { Keys } from "./keys.js";

Tabulator.registerModule([
  EditModule, FilterModule, FormatModule, FrozenColumnsModule, InteractionModule, ResizeColumnsModule,
]);

const ROW = "row";

export class Sheet {
  constructor(grid, data) {
    this.grid = grid;
    this.shape = data.shape;
    this.letters = data.columns.map((column) => column.letter);
    this.rows = new Map(data.rows.map(([number, ...texts]) => [number, this.record(number, texts)]));
    this.take(data);
    this.current = null;
    this.added = new Set();
    this.element = document.createElement("div");
    grid.body.append(this.element);
    this.table = new Tabulator(this.element, {
      data: [...this.rows.values()],
      index: ROW,
      height: data.height,
      layout: "fitData",
      editTriggerEvent: "dblclick",
      columnDefaults: { minWidth: 96, maxInitialWidth: 340, resizable: true },
      columns: [
        { title: "", field: ROW, frozen: true, minWidth: 52, hozAlign: "right", resizable: false, cssClass: "number" },
        ...data.columns.map(({ letter, heading }) => ({
          title: letter,
          field: letter,
          titleFormatter: () => title(letter, heading),
          formatter: (cell) => this.format(cell),
          editor: data.editable ? textEditor : undefined,
        })),
      ],
    });
    this.table.on("cellEdited", (cell) => {
      const text = cell.getValue();
      cell.getData()[cell.getField()] = cell.getOldValue();
      grid.edit(cell.getData()[ROW], cell.getField(), text);
    });
    this.table.on("cellClick", (_, cell) => this.keys.go(cell));
    this.ready = new Promise((resolve) => this.table.on("tableBuilt", resolve));
    this.keys = new Keys(this);
    this.ready.then(() => this.keys.begin());
  }

  record(number, texts) {
    return Object.fromEntries([[ROW, number], ...this.letters.map((letter, index) => [letter, texts[index] ?? ""])]);
  }

  // A mark has row, letter (empty for a whole row), whether it blocks, places of its messages, and the repaired text.
  take({ marks, messages }) {
    this.marks = new Map();
    this.list = marks.map(([number, letter, blocks, told, repair]) => ({
      number, letter, blocks, messages: told.map((place) => messages[place]), repair,
    }));
    for (const mark of this.list) {
      if (!this.marks.has(mark.number)) this.marks.set(mark.number, new Map());
      this.marks.get(mark.number).set(mark.letter, mark);
    }
  }

  // Advice is gone through only when nothing is left that blocks, and where it is marked.
  telling() {
    const blocking = this.list.filter((mark) => mark.blocks);
    return blocking.length || this.grid.quiet ? blocking : this.list;
  }

  mark(number, letter) {
    const here = this.marks.get(number);
    const mark = here?.get(letter) ?? (letter === this.letters[0] ? here?.get("") : undefined);
    return mark?.blocks || !this.grid.quiet ? mark : undefined;
  }

  // Draws all rows with marks anew, after advice was hidden or shown.
  again() {
    for (const number of this.marks.keys()) this.row(number)?.reformat();
    this.only(this.filtered && this.telling().length > 0);
    this.grid.detail.show(this.current);
  }

  text(number, letter) {
    return this.rows.get(number)?.[letter] ?? "";
  }

  row(number) {
    return this.rows.has(number) ? this.table.getRow(number) : undefined;
  }

  put(number, letter, text) {
    const record = this.rows.get(number);
    if (!record) return;
    record[letter] = text;
    this.row(number)?.update({ [letter]: text });
  }

  add() {
    const number = Math.max(0, ...this.rows.keys()) + 1;
    const record = this.record(number, []);
    this.rows.set(number, record);
    this.added.add(number);
    this.only(false);
    this.table.addData([record]).then(() => this.keys.goTo(number, this.letters[0]));
  }

  only(marked) {
    this.filtered = marked;
    const wanted = new Set(this.telling().map((mark) => mark.number));
    if (marked) this.table.setFilter((record) => wanted.has(record[ROW]));
    else this.table.clearFilter();
    this.grid.toolbar.update();
  }

  async update(data, pending) {
    await this.ready;
    const had = this.keys.holdsFocus();
    const told = new Map(data.rows.map(([number, ...texts]) => [number, this.record(number, texts)]));
    for (const [number, letter, , text] of pending.flatMap((change) => change.edits)) {
      const record = told.get(number);
      if (record) record[letter] = text;
    }
    const before = this.marks;
    this.take(data);
    for (const number of [...this.rows.keys()]) {
      if (told.has(number)) this.added.delete(number);
      else if (!this.added.has(number)) {
        this.rows.delete(number);
        await this.table.deleteRow(number);
      }
    }
    const same = (one, other) => this.letters.every((letter) => one[letter] === other[letter]);
    for (const [number, record] of told) {
      const known = this.rows.get(number);
      if (!known) await this.table.addData([record]);
      else if (!same(known, record)) await this.table.updateData([record]);
      this.rows.set(number, { ...record });
    }
    const stale = (number) => JSON.stringify([...(before.get(number) ?? [])]) !== JSON.stringify([...(this.marks.get(number) ?? [])]);
    for (const number of new Set([...before.keys(), ...this.marks.keys()])) {
      if (stale(number)) this.row(number)?.reformat();
    }
    this.keys.restore(had);
    this.grid.detail.show(this.current);
    this.grid.toolbar.update();
  }

  isCurrent(number, letter) {
    return this.current?.number === number && this.current.letter === letter;
  }

  format(cell) {
    const number = cell.getData()[ROW];
    const mark = this.mark(number, cell.getField());
    const element = cell.getElement();
    element.classList.toggle("blocks", mark?.blocks === true);
    element.classList.toggle("advice", mark?.blocks === false);
    element.setAttribute("role", "gridcell");
    // The library makes every cell a stop of the Tab key, right after this.
    queueMicrotask(() => (element.tabIndex = this.isCurrent(number, cell.getField()) ? 0 : -1));
    if (mark) {
      element.setAttribute("aria-invalid", String(mark.blocks));
      element.title = [...mark.messages, ...(mark.repair ? [`→ ${mark.repair}`] : [])].join("\n");
    } else {
      element.removeAttribute("aria-invalid");
      element.removeAttribute("title");
    }
    const shown = document.createElement("span");
    if (mark) {
      const sign = document.createElement("span");
      sign.className = "sign";
      sign.textContent = mark.blocks ? "✖ " : "▲ ";
      shown.append(sign);
    }
    shown.append(cell.getValue() ?? "");
    return shown;
  }

  destroy() {
    this.table.destroy();
    this.element.remove();
  }
}

function title(letter, heading) {
  const element = document.createElement("span");
  const name = document.createElement("b");
  name.textContent = letter;
  element.append(name, heading ? ` ${heading}` : "");
  element.title = heading;
  return element;
}
