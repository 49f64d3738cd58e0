// A map of a network. The server gives positions, colours and sizes; what is chosen here is sent there.
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";
import { element, filled } from "./elements.js";
import { Keys } from "./keys.js";
import { Labels } from "./labels.js";
import { Legend } from "./legend.js";
import { build, frame, look } from "./network.js";
import { open, unpack } from "./payload.js";
import { Pointer } from "./pointer.js";
import { Search } from "./search.js";
import * as theme from "./theme.js";
import { Toolbar } from "./toolbar.js";
import style from "./style.css";

/** With more ties than this, moving is smooth only without them. */
const TIES_WHILE_MOVING = 4000;
/** With more ties than this, thin lines are drawn, which cost a quarter. */
const TIES_WITH_WIDTH = 30_000;
/** How near a search leads: to where about this many nodes are in view. */
const NEIGHBOURHOOD = 40;
const NAMED_AT_FIRST = 80;

export class PartnerMap {
  constructor(root) {
    this.hidden = new Set();
    this.chosen = new Set();
    this.moved = new Map();
    this.pointed = this.pointedTie = this.chosenTie = this.focus = null;
    this.stage = element("div", { className: "stage", tabIndex: 0, role: "application", "aria-describedby": "keys" });
    this.canvas = element("div", { className: "canvas" });
    this.stage.append(this.canvas);
    this.status = element("div", { className: "status", role: "status" });
    this.help = element("div", { className: "help", id: "keys" });
    this.search = new Search(this);
    this.toolbar = new Toolbar(this);
    this.legend = new Legend(this);
    this.keys = new Keys(this);
    this.pointer = new Pointer(this);
    this.top = element("div", { className: "top" }, this.search.element, this.toolbar.element);
    this.host = element("div", { className: "map" }, this.top, this.stage, this.status, this.legend.element, this.help);
    root.append(element("style", { textContent: style }), this.host);
    this.stage.addEventListener("blur", () => this.stand(null));
    this.seen = new ResizeObserver(() => this.sigma?.resize() && this.sigma.refresh());
    this.seen.observe(this.canvas);
  }

  async update(bytes, send) {
    this.send = send;
    // Whatever else changes on a page draws it anew, mostly with the same map.
    if (this.bytes?.length === bytes.length && bytes.every((byte, place) => byte === this.bytes[place])) return;
    this.bytes = bytes;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const { head, parts } = open(bytes);
    const view = await unpack(parts[1]);
    const arrays = head.shape === this.shape ? null : await unpack(parts[0]);
    if (turn !== this.turn) return;
    this.describe(head);
    if (arrays) this.load(build(arrays, head.directed), head.shape);
    look(this.graph, view, head.palette);
    // Who moved a node finds it there whatever else changes on the page.
    this.moved.forEach((place, key) => this.graph.mergeNodeAttributes(key, place));
    this.draw(frame(view, head.frame));
    const told = `${head.turn}: ${head.chosen}`;
    if (head.chosen && told !== this.told) {
      this.told = told;
      this.chosen = new Set(head.chosen.map(String).filter((key) => this.graph.hasNode(key)));
      this.chosenTie = null;
    }
    this.legend.update(head);
    this.redraw();
    this.host.dataset.drawn = head.shape;
  }

  describe(head) {
    this.head = head;
    this.words = head.words;
    this.stage.style.height = `${head.height}px`;
    this.stage.setAttribute("aria-label", head.description);
    this.help.textContent = [head.words.keys, head.note].filter(Boolean).join(" ");
    this.search.update(head);
    this.toolbar.update(head);
  }

  load(graph, shape) {
    // Who was chosen before may not be here, and numbers mean others.
    this.chosen.clear();
    this.moved.clear();
    this.pointed = this.pointedTie = this.chosenTie = this.focus = this.told = null;
    this.graph = graph;
    this.shape = shape;
    this.search.forget();
    this.fresh = true;
  }

  draw(bounds) {
    this.paint();
    if (this.sigma) {
      this.sigma.setCustomBBox(bounds);
      if (this.fresh) this.sigma.setGraph(this.graph);
    } else if (canDraw()) {
      this.sigma = new Sigma(this.graph, this.canvas, this.settings());
      this.sigma.setCustomBBox(bounds);
      this.sigma.on("beforeRender", () => this.labels.clear());
      this.pointer.listen(this.sigma);
    } else {
      this.stage.textContent = this.words.no_webgl;
    }
    if (this.sigma && this.fresh) {
      const ties = this.graph.size;
      const thin = ties > TIES_WITH_WIDTH;
      this.sigma.setSettings({
        hideEdgesOnMove: ties > TIES_WHILE_MOVING,
        labelRenderedSizeThreshold: leastNamed(this.graph),
        defaultEdgeType: this.graph.type === "directed" && !thin ? "arrow" : thin ? "thin" : "line",
      });
    }
    this.fresh = false;
  }

  settings() {
    return {
      allowInvalidContainer: true,
      zIndex: true,
      enableEdgeEvents: true,
      edgeProgramClasses: { line: EdgeRectangleProgram, thin: EdgeLineProgram, arrow: EdgeArrowProgram },
      minEdgeThickness: 0.7,
      stagePadding: 28,
      minCameraRatio: 0.004,
      maxCameraRatio: 2.5,
      labelSize: 12,
      labelFont: this.theme.font,
      labelDensity: 1.4,
      labelGridCellSize: 80,
      defaultDrawNodeLabel: this.labels.draw,
      defaultDrawNodeHover: this.labels.drawMarked,
      nodeReducer: (key, data) => this.node(key, data),
      edgeReducer: (key, data) => this.tie(key, data),
    };
  }

  // Colours of the page, which a reader may change.
  paint() {
    this.theme = theme.read(this.host);
    this.labels ??= new Labels(this.theme);
    this.labels.theme = this.theme;
    const ties = Math.max(this.graph.size, 1);
    this.tieColour = this.theme.tie(Math.min(0.34, Math.max(0.09, 0.34 * (400 / ties) ** 0.22)));
  }

  redraw() {
    const centre = this.pointed ?? this.focus;
    const ends = this.pointedTie ?? this.chosenTie;
    if (centre !== null) this.lit = new Set([centre, ...this.graph.neighbors(centre)]);
    else if (this.chosen.size) this.lit = new Set([...this.chosen, ...(this.chosen.size === 1 ? this.graph.neighbors([...this.chosen][0]) : [])]);
    else this.lit = ends === null ? null : new Set(this.graph.extremities(ends));
    this.centre = centre ?? (this.chosen.size === 1 ? [...this.chosen][0] : null);
    this.sigma?.refresh({ skipIndexation: true });
    this.status.textContent = this.telling();
  }

  node(key, data) {
    if (this.hidden.has(data.group)) return { ...data, hidden: true };
    if (this.pointed === null && this.focus === null && this.chosen.has(key)) {
      return { ...data, highlighted: true, zIndex: 2, unnamed: this.chosen.size > 12 };
    }
    if (key === this.centre) return { ...data, highlighted: true, zIndex: 2 };
    if (!this.lit) return data;
    return this.lit.has(key) ? { ...data, zIndex: 1 } : { ...data, color: this.theme.faint, label: "", zIndex: 0 };
  }

  tie(key, data) {
    const colour = { ...data, color: this.tieColour };
    if (!this.lit) return colour;
    const [one, other] = this.graph.extremities(key);
    const shown =
      this.pointedTie !== null || this.chosenTie !== null ? key === (this.pointedTie ?? this.chosenTie)
      : this.centre !== null ? one === this.centre || other === this.centre
      : this.lit.has(one) && this.lit.has(other);
    return shown ? { ...data, color: this.theme.tie(0.6), size: Math.max(data.size, 1.2), zIndex: 1 } : { ...colour, hidden: true };
  }

  isHidden(key) {
    return this.hidden.has(this.graph.getNodeAttribute(key, "group"));
  }

  name(key) {
    return this.graph.getNodeAttribute(key, "name");
  }

  telling() {
    const { words, graph } = this;
    const tie = this.pointedTie ?? this.chosenTie;
    if (this.centre !== null) return filled(words.partners, { name: this.name(this.centre), count: graph.getNodeAttribute(this.centre, "partners") });
    if (tie !== null) {
      const [first, second] = graph.extremities(tie).map((key) => this.name(key));
      return filled(words.shared, { first, second, count: graph.getEdgeAttribute(tie, "shared") });
    }
    return this.chosen.size ? filled(words.chosen, { count: this.chosen.size }) : "";
  }

  point(key) {
    this.pointed = key;
    this.canvas.style.cursor = key === null ? "" : "pointer";
    this.redraw();
  }

  pointTie(key) {
    if (this.pointed !== null) return;
    this.pointedTie = key;
    this.canvas.style.cursor = key === null ? "" : "pointer";
    this.redraw();
  }

  choose(keys, more = false) {
    const before = more ? [...this.chosen].filter((key) => !keys.includes(key)) : [];
    this.chosen = new Set([...before, ...keys]);
    this.chosenTie = this.pointedTie = null;
    this.tell();
  }

  chooseTie(key) {
    this.chosen.clear();
    this.chosenTie = key;
    this.tell();
  }

  clear() {
    this.focus = null;
    if (this.chosen.size || this.chosenTie !== null) this.choose([]);
    else this.redraw();
  }

  tell() {
    const nodes = this.chosenTie === null ? [...this.chosen] : this.graph.extremities(this.chosenTie);
    this.send("selected", { shape: this.shape, nodes: nodes.map(Number), tie: this.chosenTie === null ? null : Number(this.chosenTie) });
    if (this.pointed === null || String([...this.chosen]) !== this.pointed) this.redraw(); // else it looks so already
  }

  move(key) {
    const { x, y } = this.graph.getNodeAttributes(key);
    this.moved.set(key, { x, y });
    this.send("moved", { shape: this.shape, nodes: [[Number(key), x, y]] });
  }

  // The keyboard stands on a node.
  stand(key) {
    if (this.focus === key) return;
    this.focus = key;
    this.redraw();
    if (key !== null) this.goTo(key, false);
  }

  goTo(key, nearer = true) {
    const { x, y } = this.sigma.getNodeDisplayData(key);
    const { ratio } = this.sigma.getCamera();
    this.animate({ x, y, ratio: nearer ? Math.min(ratio, this.near()) : ratio });
  }

  near() {
    return Math.min(0.7, Math.max(0.02, Math.sqrt(NEIGHBOURHOOD / this.graph.order)));
  }

  zoom(factor) {
    this.animate({ ratio: this.sigma.getCamera().getBoundedRatio(this.sigma.getCamera().ratio * factor) });
  }

  fit() {
    this.animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  animate(state) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.sigma.getCamera().setState(state);
    else this.sigma.getCamera().animate(state, { duration: 250 });
  }

  setArea(wanted) {
    this.pointer.area = wanted;
    this.stage.classList.toggle("area", wanted);
    this.toolbar.pressed(wanted);
  }

  destroy() {
    this.turn += 1;
    this.seen.disconnect();
    this.sigma?.kill();
    this.host.remove();
  }
}

// The size from which nodes are named on the whole map; nearer to it they are larger, and more are named.
function leastNamed(graph) {
  const sizes = graph.mapNodes((key, { size }) => size).sort((one, other) => other - one);
  return sizes.length > NAMED_AT_FIRST * 2 ? sizes[NAMED_AT_FIRST] : 0;
}

function canDraw() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}
