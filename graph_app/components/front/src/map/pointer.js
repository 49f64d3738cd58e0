// The pointer: what it points at is told, a click chooses, a drag moves a node or draws an area around several.
import { element } from "./elements.js";

export class Pointer {
  constructor(map) {
    this.map = map;
    this.area = false;
    this.box = element("div", { className: "box", hidden: true });
    const { stage } = map;
    stage.append(this.box);
    // Before sigma: a page is scrolled over a map that nobody works with, and an area is no move of the camera.
    stage.addEventListener("wheel", (event) => this.wheel(event), { capture: true });
    stage.addEventListener("pointerdown", (event) => this.begin(event), { capture: true });
    stage.addEventListener("mousedown", (event) => this.from && event.stopPropagation(), { capture: true });
    stage.addEventListener("touchstart", (event) => this.from && event.stopPropagation(), { capture: true });
    stage.addEventListener("pointermove", (event) => this.draw(event));
    stage.addEventListener("pointerup", (event) => this.end(event));
    stage.addEventListener("pointercancel", () => this.stop());
  }

  listen(sigma) {
    const { map } = this;
    sigma.on("enterNode", ({ node }) => map.point(node));
    sigma.on("leaveNode", () => map.point(null));
    sigma.on("enterEdge", ({ edge }) => map.pointTie(edge));
    sigma.on("leaveEdge", () => map.pointTie(null));
    sigma.on("clickNode", ({ node, event }) => this.dragged || map.choose([node], event.original.ctrlKey || event.original.metaKey));
    sigma.on("clickEdge", ({ edge }) => map.chooseTie(edge));
    sigma.on("clickStage", () => map.clear());
    sigma.on("downNode", ({ node }) => this.grab(node));
    sigma.on("moveBody", ({ event }) => this.drag(event));
    sigma.on("upNode", () => this.drop());
    sigma.on("upStage", () => this.drop());
  }

  wheel(event) {
    const works = this.map.stage.contains(this.map.host.getRootNode().activeElement) || event.ctrlKey;
    if (!works) event.stopPropagation();
  }

  grab(node) {
    this.dragged = false;
    this.held = this.map.head.movable ? node : null;
  }

  drag(event) {
    if (this.held == null) return;
    const place = this.map.sigma.viewportToGraph(event);
    this.map.graph.mergeNodeAttributes(this.held, place);
    this.dragged = true;
    event.preventSigmaDefault();
    event.original.preventDefault();
  }

  drop() {
    if (this.held != null && this.dragged) this.map.move(this.held);
    this.held = null;
  }

  begin(event) {
    this.map.stage.focus({ preventScroll: true });
    if (event.button !== 0 || !(event.shiftKey || this.area) || event.target.closest("button, input, li")) return;
    event.stopPropagation();
    this.from = this.place(event);
    this.map.stage.setPointerCapture(event.pointerId);
    this.draw(event);
  }

  draw(event) {
    if (!this.from) return;
    const [left, top, right, bottom] = this.bounds(this.place(event));
    Object.assign(this.box.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
    this.box.hidden = false;
  }

  end(event) {
    if (!this.from) return;
    const [left, top, right, bottom] = this.bounds(this.place(event));
    this.stop();
    const { graph, sigma } = this.map;
    const inside = graph.filterNodes((key, attributes) => {
      if (this.map.isHidden(key)) return false;
      const { x, y } = sigma.graphToViewport(attributes);
      return x >= left && x <= right && y >= top && y <= bottom;
    });
    this.map.choose(inside, event.ctrlKey || event.metaKey);
  }

  stop() {
    this.from = null;
    this.box.hidden = true;
    this.map.setArea(false);
  }

  place(event) {
    const { left, top } = this.map.stage.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  bounds([x, y]) {
    const [fromX, fromY] = this.from;
    return [Math.min(x, fromX), Math.min(y, fromY), Math.max(x, fromX), Math.max(y, fromY)];
  }
}
