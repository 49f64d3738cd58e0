// Names beside their nodes: one that would cover another is left out until there is room.
const GAP = 2;

export class Labels {
  constructor(theme) {
    this.theme = theme;
    this.taken = [];
  }

  clear() {
    this.taken.length = 0;
  }

  // Passed to sigma, which calls it for the names that are worth drawing, those of larger nodes first.
  draw = (context, data, settings) => {
    if (!data.label) return;
    const font = `${data.forceLabel ? 600 : 400} ${settings.labelSize}px ${settings.labelFont}`;
    context.font = font;
    const wide = context.measureText(data.label).width;
    const right = data.x + data.size + 3;
    // Near the right edge, the name stands on the left, where it is seen.
    const left = right + wide > context.canvas.clientWidth - GAP ? data.x - data.size - 3 - wide : right;
    const box = [left - GAP, data.y - settings.labelSize / 2 - GAP, left + wide + GAP, data.y + settings.labelSize / 2 + GAP];
    if (!data.forceLabel && this.taken.some((other) => meets(box, other))) return;
    this.taken.push(box);
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = this.theme.background;
    context.fillStyle = this.theme.text;
    context.strokeText(data.label, left, data.y + settings.labelSize / 3);
    context.fillText(data.label, left, data.y + settings.labelSize / 3);
  };

  // The node pointed at and those chosen: a ring, and the whole name on a ground of its own.
  drawMarked = (context, data, settings) => {
    const { background, text, accent } = this.theme;
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, Math.PI * 2);
    context.lineWidth = 2.5;
    context.strokeStyle = accent;
    context.stroke();
    const name = data.name ?? data.label;
    if (!name || data.unnamed) return;
    context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
    const wide = context.measureText(name).width;
    const right = data.x + data.size + 6;
    const left = right + wide + 10 > context.canvas.clientWidth ? Math.max(4, data.x - data.size - 16 - wide) : right;
    const high = settings.labelSize + 10;
    context.beginPath();
    context.roundRect(left, data.y - high / 2, wide + 10, high, 4);
    context.fillStyle = background;
    context.fill();
    context.lineWidth = 1;
    context.stroke();
    context.fillStyle = text;
    context.fillText(name, left + 5, data.y + settings.labelSize / 3);
  };
}

function meets(box, other) {
  return box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
}
