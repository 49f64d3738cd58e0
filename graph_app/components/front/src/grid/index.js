// The grid of a sheet: every finding at its cell, cells edited in place. The server has the truth: an edit is sent there,
// and what comes back decides what stands in the cells.
import { Detail } from "./detail.js";
import { Sheet } from "./sheet.js";
import { Toolbar } from "./toolbar.js";
import tabulator from "tabulator-tables/dist/css/tabulator.min.css";
import own from "./style.css";

const grids = new WeakMap();

class Grid {
  constructor(root) {
    const style = document.createElement("style");
    style.textContent = tabulator + own;
    this.host = document.createElement("div");
    this.host.className = "grid";
    root.append(style, this.host);
    this.pending = [];
    this.quiet = false;
    this.toolbar = new Toolbar(this);
    this.detail = new Detail(this);
    this.body = document.createElement("div");
    this.host.append(this.toolbar.element, this.body, this.detail.element);
  }

  update(data, send) {
    this.data = data;
    this.words = data.words;
    this.send = send;
    this.pending = this.pending.filter((change) => change.id > data.done);
    if (this.session !== data.session) {
      // A server that was started anew may not have heard of what is waiting here; an edit made twice is made once.
      this.pending = this.pending.filter((change) => change.kind === "edit");
      if (this.pending.length) send(this.pending);
      this.session = data.session;
    }
    if (this.sheet?.shape !== data.shape) {
      this.sheet?.destroy();
      this.sheet = new Sheet(this, data);
    } else {
      this.sheet.update(data, this.pending);
    }
    this.toolbar.update();
    this.detail.show(this.sheet.current);
  }

  change(kind, edits = []) {
    // Later numbers are larger in every window and after every reload, so that the server does nothing twice.
    const id = Math.max(Date.now() * 1000, this.last ?? 0) + 1;
    this.last = id;
    this.pending.push({ id, kind, edits });
    this.toolbar.update();
    this.send(this.pending);
  }

  edit(number, letter, text) {
    const old = this.sheet.text(number, letter);
    if (text !== old) {
      this.sheet.put(number, letter, text);
      this.change("edit", [[number, letter, old, text]]);
    }
  }

  // Marks advice as well as faults, or faults alone.
  advise(shown) {
    this.quiet = !shown;
    this.sheet.again();
  }

  deleteRow(number) {
    const edits = this.sheet.letters
      .map((letter) => [number, letter, this.sheet.text(number, letter), ""])
      .filter(([, , old]) => old !== "");
    edits.forEach(([, letter]) => this.sheet.put(number, letter, ""));
    if (edits.length) this.change("edit", edits);
  }

  destroy() {
    this.sheet?.destroy();
    this.host.remove();
  }
}

export default function draw({ data, parentElement, setTriggerValue }) {
  if (!grids.has(parentElement)) grids.set(parentElement, new Grid(parentElement));
  grids.get(parentElement).update(data, (changes) => setTriggerValue("changes", structuredClone(changes)));
}

export function remove(parentElement) {
  grids.get(parentElement)?.destroy();
  grids.delete(parentElement);
}
