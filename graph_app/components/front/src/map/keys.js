// The keyboard: arrows walk from a node to the neighbour that lies that way, Enter chooses, Escape clears.
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
/** Neighbours more than this far off the way of an arrow lie another way. */
const NARROWEST = Math.cos(Math.PI / 3);

export class Keys {
  constructor(map) {
    this.map = map;
    map.stage.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    const { map } = this;
    if (event.ctrlKey || event.metaKey || event.altKey || !map.sigma) return;
    const act = {
      "+": () => map.zoom(1 / 1.5),
      "=": () => map.zoom(1 / 1.5),
      "-": () => map.zoom(1.5),
      0: () => map.fit(),
      Home: () => map.fit(),
      Enter: () => map.focus !== null && map.choose([map.focus]),
      " ": () => map.focus !== null && map.choose([map.focus]),
      Escape: () => map.clear(),
    }[event.key];
    if (!act && !(event.key in WAYS)) return;
    event.preventDefault();
    event.stopPropagation();
    if (act) act();
    else this.walk(WAYS[event.key]);
  }

  walk(way) {
    const { map } = this;
    const next = map.focus === null ? this.first() : this.neighbour(way);
    if (next !== null) map.stand(next);
  }

  // The largest node, where nobody stands yet: most is to be seen from there.
  first() {
    const { map } = this;
    const start = [...map.chosen][0] ?? null;
    if (start !== null) return start;
    return map.graph.reduceNodes((best, key, { size }) => (map.isHidden(key) || (best !== null && map.graph.getNodeAttribute(best, "size") >= size) ? best : key), null);
  }

  neighbour([right, up]) {
    const { graph, focus } = this.map;
    const from = graph.getNodeAttributes(focus);
    let best = null;
    let least = Infinity;
    graph.forEachNeighbor(focus, (key, { x, y }) => {
      if (this.map.isHidden(key)) return;
      const far = Math.hypot(x - from.x, y - from.y) || 1e-9;
      const along = ((x - from.x) * right + (y - from.y) * up) / far;
      const cost = far / along;
      if (along >= NARROWEST && cost < least) [best, least] = [key, cost];
    });
    return best;
  }
}
