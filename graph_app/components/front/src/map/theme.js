// The colours of the page around the map, which its canvases cannot take from style sheets.
const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

export function read(element) {
  const style = getComputedStyle(element);
  const background = rgb(style.getPropertyValue("--st-background-color"), "#ffffff");
  const text = rgb(style.getPropertyValue("--st-text-color"), "#1b2733");
  return {
    background: css(background),
    text: css(text),
    accent: css(luminance(background) < 0.5 ? rgb("#F0E442") : rgb("#D55E00")),
    tie: (share) => css(mixed(background, text, share)),
    faint: css(mixed(background, text, 0.14)),
    font: style.getPropertyValue("--st-font") || "sans-serif",
  };
}

function rgb(colour, otherwise) {
  probe.fillStyle = otherwise ?? "#000";
  probe.fillStyle = colour.trim() || otherwise;
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

const css = (parts) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
const mixed = (from, to, share) => from.map((part, place) => part + (to[place] - part) * share);
const luminance = ([red, green, blue]) => (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
