// Queries at hand and those asked before, newest first, kept in this browser alone.
const KEY = "integration-graph-ask";
const MOST_TABS = 20;
const MOST_ASKED = 50;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const tabs = (kept.tabs ?? []).filter(({ text }) => typeof text === "string");
    return { tabs, place: kept.place ?? 0, asked: (kept.asked ?? []).filter(({ text }) => typeof text === "string") };
  } catch {
    // What stands there was written by something else, or the browser keeps nothing: one begins anew.
    return { tabs: [], place: 0, asked: [] };
  }
}

export class Desk {
  constructor(example) {
    const { tabs, place, asked } = read();
    this.example = example;
    this.tabs = tabs.map(({ number, text }) => ({ number, text }));
    this.asked = asked;
    if (!this.tabs.length) this.tabs.push({ number: 1, text: example });
    this.active = this.tabs[place] ?? this.tabs[0];
  }

  add(text) {
    const tab = { number: Math.max(0, ...this.tabs.map(({ number }) => number)) + 1, text };
    // A tab in which nobody has written gives its place.
    const unused = this.tabs.findIndex((one) => one.text === this.example || !one.text.trim());
    if (text && unused >= 0) this.tabs[unused] = tab;
    else this.tabs.push(tab);
    this.tabs = this.tabs.slice(-MOST_TABS);
    return tab;
  }

  close(tab) {
    const place = this.tabs.indexOf(tab);
    this.tabs = this.tabs.filter((one) => one !== tab);
    if (!this.tabs.length) this.tabs.push({ number: 1, text: this.example });
    return this.tabs[Math.min(place, this.tabs.length - 1)];
  }

  choose(tab) {
    this.active = tab;
    this.keep();
  }

  write(text) {
    this.active.text = text;
    this.keep();
  }

  remember(text) {
    this.asked = [{ text, when: Date.now() }, ...this.asked.filter((one) => one.text !== text)].slice(0, MOST_ASKED);
    this.keep();
  }

  forget() {
    this.asked = [];
    this.keep();
  }

  keep() {
    const { tabs, asked } = this;
    try {
      localStorage.setItem(KEY, JSON.stringify({ tabs, place: tabs.indexOf(this.active), asked }));
    } catch {
      // A browser that is told to keep nothing, or is full, still lets one write and ask.
    }
  }
}
