// Small parts of the document; all text goes in as text.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && key !== "role") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function button(sign, label, act) {
  const made = element("button", { type: "button", textContent: sign, title: label, "aria-label": label });
  made.addEventListener("click", act);
  return made;
}

export function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
