// Ways over the map that need no wheel and no mouse of three buttons.
import { button, element } from "./elements.js";

export class Toolbar {
  constructor(map) {
    this.map = map;
    this.element = element("div", { className: "toolbar", role: "group" });
  }

  update({ words }) {
    if (JSON.stringify(words) === this.built) return;
    const { map } = this;
    this.area = button("⬚", words.area, () => map.setArea(!map.pointer.area));
    this.element.replaceChildren(
      button("+", words.zoom_in, () => map.zoom(1 / 1.5)),
      button("−", words.zoom_out, () => map.zoom(1.5)),
      button("⤢", words.fit, () => map.fit()),
      this.area,
      button("✕", words.clear, () => map.clear()),
    );
    this.pressed(map.pointer.area);
    this.built = JSON.stringify(words);
  }

  pressed(wanted) {
    this.area?.setAttribute("aria-pressed", String(wanted));
  }
}
