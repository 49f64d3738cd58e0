// The network as sigma draws it. A node's key is its number, a tie's key the number of the tie.
import Graph from "graphology";

const THINNEST = 0.4;
const ROOM_FOR_WIDTH = 4;

export function build(arrays, directed) {
  const graph = new Graph({ type: directed ? "directed" : "undirected", multi: false });
  const names = arrays.names.length ? new TextDecoder().decode(arrays.names).split("\n") : [];
  const { source, target, tie, shared, width, partners } = arrays;
  names.forEach((name, number) => {
    graph.addNode(number, { label: shortened(name), name, partners: partners[number], x: 0, y: 0, size: 1, group: 0 });
  });
  const scale = Math.min(1, (2000 / Math.max(tie.length, 1)) ** 0.3);
  for (let place = 0; place < tie.length; place++) {
    // A node tied to itself says nothing on a map.
    if (source[place] === target[place]) continue;
    const size = THINNEST + ROOM_FOR_WIDTH * scale * (width[place] / 255);
    graph.addEdgeWithKey(tie[place], source[place], target[place], { shared: shared[place], size });
  }
  return graph;
}

export function look(graph, view, palette) {
  graph.updateEachNodeAttributes((key, attributes) => {
    const number = Number(key);
    attributes.x = view.x[number];
    attributes.y = view.y[number];
    attributes.size = view.size[number];
    attributes.group = view.colour[number];
    attributes.color = palette[view.colour[number]];
    return attributes;
  });
}

export function frame(view, given) {
  if (given) return { x: [given[0], given[2]], y: [given[1], given[3]] };
  const ends = (values) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  const [x, y] = [ends(view.x), ends(view.y)];
  // A single node has no extent to fit into the frame.
  return { x: x[0] < x[1] ? x : [x[0] - 1, x[0] + 1], y: y[0] < y[1] ? y : [y[0] - 1, y[0] + 1] };
}

const LONGEST = 38;
const TAIL = 15;

function shortened(name) {
  // Names that begin alike often differ at their ends, such as in a town or a country.
  return name.length > LONGEST ? `${name.slice(0, LONGEST - TAIL).trimEnd()}…${name.slice(1 - TAIL).trimStart()}` : name;
}
