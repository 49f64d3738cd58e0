// A name typed in part leads to its node.
import { element } from "./elements.js";

const MOST = 10;
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class Search {
  constructor(map) {
    this.map = map;
    this.input = element("input", {
      type: "search", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": "found",
    });
    this.list = element("ul", { id: "found", role: "listbox", hidden: true });
    this.element = element("div", { className: "search" }, this.input, this.list);
    this.input.addEventListener("input", () => this.suggest());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
  }

  update({ words }) {
    this.words = words;
    this.input.placeholder = words.search;
    this.input.setAttribute("aria-label", words.search);
    this.list.setAttribute("aria-label", words.search);
  }

  forget() {
    this.names = null;
    this.input.value = "";
    this.close();
  }

  suggest() {
    const { graph } = this.map;
    const wanted = folded(this.input.value.trim());
    if (!wanted || !graph) return this.close();
    this.names ??= graph.mapNodes((key, { name, size }) => ({ key, name, size, text: folded(name) }));
    const rank = ({ text }) => (text.startsWith(wanted) ? 2 : text.includes(` ${wanted}`) ? 1 : 0);
    const found = this.names.filter(({ text }) => text.includes(wanted));
    found.sort((one, other) => rank(other) - rank(one) || other.size - one.size);
    this.options = found.slice(0, MOST).map((node) => this.option(node));
    this.list.replaceChildren(...(this.options.length ? this.options : [element("li", { className: "none", textContent: this.words.none_found })]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(0);
  }

  option({ key, name }) {
    const made = element("li", { id: `found-${key}`, role: "option", textContent: name });
    made.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take(key);
    });
    made.dataset.key = key;
    return made;
  }

  point(place) {
    const { options = [] } = this;
    this.at = options.length ? (place + options.length) % options.length : -1;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === this.at)));
    if (options[this.at]) this.input.setAttribute("aria-activedescendant", options[this.at].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    const act = {
      ArrowDown: () => this.point(this.at + 1),
      ArrowUp: () => this.point(this.at - 1),
      Enter: () => this.options?.[this.at] && !this.list.hidden && this.take(this.options[this.at].dataset.key),
      Escape: () => this.forget(),
    }[event.key];
    // The page has keys of its own, such as those that run a query or open a menu.
    event.stopPropagation();
    if (!act) return;
    event.preventDefault();
    act();
  }

  take(key) {
    this.input.value = this.map.graph.getNodeAttribute(key, "name");
    this.close();
    this.map.choose([key]);
    this.map.goTo(key);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
