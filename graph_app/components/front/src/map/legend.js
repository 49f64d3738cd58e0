// What the colours say; a group that is not wanted is hidden by a click.
import { element } from "./elements.js";

export class Legend {
  constructor(map) {
    this.map = map;
    this.element = element("div", { className: "legend", role: "group" });
  }

  update(head) {
    const { element: host, map } = this;
    host.hidden = !head.legend;
    const meaning = JSON.stringify([head.title, head.entries.map(([label]) => label)]);
    // Places in another palette mean other groups.
    if (meaning !== this.meaning) map.hidden.clear();
    this.meaning = meaning;
    host.setAttribute("aria-label", head.words.legend);
    const groups = head.entries.map(([label, colour, count]) => this.entry(label, colour, count, head));
    host.replaceChildren(element("span", { className: "title", textContent: head.title }), ...this.scale(head), ...groups);
  }

  scale({ scale, palette }) {
    if (!scale.length) return [];
    const bar = element("span", { className: "bar" });
    const [low, middle, high] = scale;
    bar.style.background = `linear-gradient(to right, ${palette.slice(0, 64).join(", ")})`;
    return [element("span", { className: "scale" }, low, bar, element("span", { className: "middle", textContent: middle }), high)];
  }

  entry(label, colour, count, { palette, language }) {
    const { map } = this;
    const group = palette.lastIndexOf(colour);
    const dot = element("span", { className: "dot" });
    dot.style.background = colour;
    const made = element("button", { type: "button" }, dot, ` ${label} `, element("span", { className: "count", textContent: count.toLocaleString(language) }));
    const show = () => made.setAttribute("aria-pressed", String(!map.hidden.has(group)));
    made.addEventListener("click", () => {
      if (!map.hidden.delete(group)) map.hidden.add(group);
      show();
      map.redraw();
    });
    show();
    return made;
  }
}
