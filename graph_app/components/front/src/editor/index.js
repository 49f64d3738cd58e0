// The editor of queries: tabs, history, highlighting, completion from the graph's own vocabulary, errors at their line.
// Queries stay in this browser until they are asked; what is asked, and a query to lay out, goes to the server.
import { Desk } from "./desk.js";
import { Tabs } from "./tabs.js";
import { Toolbar } from "./toolbar.js";
import { Writing } from "./writing.js";
import { complete, fetchVocabulary } from "./completion.js";
import own from "./style.css";

const editors = new WeakMap();
const TAKEN = "integration-graph-ask-taken";

class Editor {
  constructor(root, data) {
    const style = document.createElement("style");
    style.textContent = own;
    this.host = document.createElement("div");
    this.host.className = "editor";
    root.append(style, this.host);
    this.words = data.words;
    this.desk = new Desk(data.example);
    this.tabs = new Tabs(this);
    this.writing = new Writing(this, root.getRootNode(), complete(() => this.vocabulary));
    this.toolbar = new Toolbar(this);
    this.note = document.createElement("p");
    this.note.className = "note";
    this.note.textContent = this.words.keys;
    this.host.append(this.tabs.element, this.writing.element, this.toolbar.element, this.note);
    this.tabs.draw();
    this.writing.open(this.desk.active);
  }

  update(data, send) {
    this.send = send;
    if (this.address !== data.vocabulary) {
      this.address = data.vocabulary;
      fetchVocabulary(data.vocabulary, () => this.address === data.vocabulary && this.host.isConnected).then(
        (vocabulary) => { this.vocabulary = vocabulary ?? this.vocabulary; },
      );
    }
    this.take(data.given);
    this.writing.mark(data.fault);
  }

  // What the server hands over is taken once, also where this page is opened again later.
  take(given) {
    if (!given || sessionStorage.getItem(TAKEN) === given.id) return;
    sessionStorage.setItem(TAKEN, given.id);
    const known = this.desk.tabs.find((tab) => tab.text === given.text);
    if (given.laidOut) this.writing.replace(given.text);
    else if (known) this.show(known);
    else this.show(this.desk.add(given.text));
  }

  show(tab) {
    this.desk.choose(tab);
    this.writing.open(tab);
    this.tabs.draw();
  }

  changed(text) {
    this.desk.write(text);
    this.tabs.draw();
  }

  run() {
    const { text } = this.desk.active;
    if (!text.trim()) return;
    this.desk.remember(text);
    this.toolbar.draw();
    this.send("run", text);
  }

  layOut() {
    this.send("format", this.desk.active.text);
  }

  destroy() {
    this.writing.destroy();
    this.host.remove();
  }
}

export default function draw({ data, parentElement, setTriggerValue }) {
  if (!editors.has(parentElement)) editors.set(parentElement, new Editor(parentElement, data));
  editors.get(parentElement).update(data, setTriggerValue);
}

export function remove(parentElement) {
  editors.get(parentElement)?.destroy();
  editors.delete(parentElement);
}
