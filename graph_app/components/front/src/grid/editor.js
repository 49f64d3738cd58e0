// Edits the text of a cell as it is: line breaks stay, which an ordinary field of one line would lose.
export function textEditor(cell, onRendered, success, cancel) {
  const field = document.createElement("textarea");
  field.value = cell.getValue() ?? "";
  field.rows = Math.min(8, Math.max(1, field.value.split("\n").length));
  field.setAttribute("aria-label", cell.getColumn().getElement().textContent);
  onRendered(() => {
    field.focus({ preventScroll: true });
    field.select();
  });
  let ended = false;
  const end = (act) => {
    if (ended) return;
    ended = true;
    act();
  };
  field.addEventListener("blur", () => end(() => success(field.value)));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      const host = field.getRootNode().host;
      end(cancel);
      host?.dispatchEvent(new CustomEvent("grid-step", { detail: "here" }));
    } else if ((event.key === "Enter" && !event.shiftKey && !event.altKey) || event.key === "Tab") {
      event.preventDefault();
      const step = event.key === "Enter" ? "down" : event.shiftKey ? "left" : "right";
      const host = field.getRootNode().host;
      end(() => success(field.value));
      host?.dispatchEvent(new CustomEvent("grid-step", { detail: step }));
    }
  });
  return field;
}
