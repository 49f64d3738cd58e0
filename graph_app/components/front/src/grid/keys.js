// The keyboard: one cell has the focus, arrows move it, Enter or F2 edits, F8 goes to the next finding.
const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right", Home: "first", End: "last" };

export class Keys {
  constructor(sheet) {
    this.sheet = sheet;
    this.grid = sheet.grid;
    sheet.element.addEventListener("keydown", (event) => this.press(event));
    sheet.element.addEventListener("focusin", (event) => this.focused(event));
    const host = this.grid.host.getRootNode().host;
    host?.addEventListener("grid-step", (event) => this.step(event.detail));
  }

  begin() {
    const { table, element, letters } = this.sheet;
    element.querySelector(".tabulator")?.removeAttribute("tabindex");
    table.element.setAttribute("role", "grid");
    table.element.setAttribute("aria-label", this.grid.words.grid);
    table.element.querySelector(".tabulator-tableholder")?.removeAttribute("tabindex");
    const first = table.getRows("active")[0];
    if (first && letters.length) this.put(first.getCell(letters[0]));
  }

  // Makes a cell the one that Tab leads to.
  put(cell) {
    const before = this.cell()?.getElement();
    if (before) before.tabIndex = -1;
    cell.getElement().tabIndex = 0;
    this.sheet.current = { number: cell.getData().row, letter: cell.getField() };
    this.grid.detail.show(this.sheet.current);
  }

  cell() {
    const { current } = this.sheet;
    return current && this.sheet.row(current.number)?.getCell(current.letter);
  }

  go(cell) {
    if (!this.sheet.letters.includes(cell.getField())) return;
    this.put(cell);
    if (!cell.getElement().classList.contains("tabulator-editing")) cell.getElement().focus({ preventScroll: true });
  }

  async goTo(number, letter) {
    const row = this.sheet.row(number);
    if (!row) return;
    if (!row.getElement().isConnected) {
      // Rows out of view are not in the document; drawing them takes the focus away, so it is set afterwards.
      await row.scrollTo("center", true).catch(() => {});
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }
    const cell = row.getCell(letter);
    this.go(cell);
    cell.getElement().scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  holdsFocus() {
    return this.sheet.element.contains(this.grid.host.getRootNode().activeElement);
  }

  // Drawing a row anew takes the focus away from its cells; who types goes on typing.
  restore(had) {
    const cell = this.cell();
    if (!cell) return;
    cell.getElement().tabIndex = 0;
    if (had && !this.holdsFocus()) cell.getElement().focus({ preventScroll: true });
  }

  focused(event) {
    const element = event.target.closest?.(".tabulator-cell");
    if (!element || event.target.tagName === "TEXTAREA") return;
    const field = element.getAttribute("tabulator-field");
    const row = this.sheet.table.getRow(element.closest(".tabulator-row"));
    if (row && this.sheet.letters.includes(field)) this.put(row.getCell(field));
  }

  step(direction) {
    const { table, letters, current } = this.sheet;
    if (!current) return;
    const rows = table.getRows("active");
    const at = rows.findIndex((row) => row.getData().row === current.number);
    const column = letters.indexOf(current.letter);
    const row = rows[at + ({ up: -1, down: 1 }[direction] ?? 0)];
    const letter = { left: letters[column - 1], right: letters[column + 1], first: letters[0], last: letters.at(-1) };
    const wanted = direction in letter ? letter[direction] : current.letter;
    const where = row ?? rows[at];
    if (where) this.goTo(where.getData().row, wanted ?? current.letter);
  }

  finding(direction) {
    const { letters, current } = this.sheet;
    const list = this.sheet.telling();
    const rank = ({ number, letter }) => number * 1000 + (letter ? letters.indexOf(letter) : 0);
    const here = current ? rank(current) : -1;
    const ahead = direction > 0 ? list.filter((mark) => rank(mark) > here) : list.filter((mark) => rank(mark) < here);
    const found = (direction > 0 ? ahead[0] : ahead.at(-1)) ?? (direction > 0 ? list[0] : list.at(-1));
    if (found) this.goTo(found.number, found.letter || letters[0]);
  }

  press(event) {
    if (event.target.tagName === "TEXTAREA") return;
    const cell = this.cell();
    const held = event.ctrlKey || event.metaKey;
    const act =
      event.key in STEPS && !held ? () => this.step(STEPS[event.key])
      : event.key === "F8" ? () => this.finding(event.shiftKey ? -1 : 1)
      : !this.grid.data.editable ? undefined
      : event.key === "Enter" || event.key === "F2" ? () => cell?.edit()
      : event.key === "Delete" || event.key === "Backspace" ? () => this.grid.edit(this.sheet.current.number, this.sheet.current.letter, "")
      : held && event.key === "." ? () => this.grid.detail.repair()
      : held && event.key === "z" ? () => this.grid.change("undo")
      : undefined;
    if (act && cell) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  }
}
