// The map of partnerships as a component of a page.
import { PartnerMap } from "./map.js";

const maps = new WeakMap();

export default function draw({ data, parentElement, setTriggerValue }) {
  if (!maps.has(parentElement)) maps.set(parentElement, new PartnerMap(parentElement));
  return maps.get(parentElement).update(data, setTriggerValue);
}

export function remove(parentElement) {
  maps.get(parentElement)?.destroy();
  maps.delete(parentElement);
}
