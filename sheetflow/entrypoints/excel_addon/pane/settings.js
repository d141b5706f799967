/** The settings of the pane: its language, how plans are made, and the key. */

export function furnishSettings(pane, office) {
  const { view, kept, settings } = pane;
  const part = (id) => view.part(id);
  part("service").textContent = pane.address.origin;
  part("language").value = kept.get("language");
  part("effort").value = kept.get("effort");
  part("new-columns").checked = kept.get("newColumns");
  tellKey(pane);

  part("settings-button").addEventListener("click", () => open(view, part("settings").hidden));
  part("language").addEventListener("change", ({ target }) => {
    kept.set("language", target.value);
    view.words.choose(target.value, office?.context?.displayLanguage, navigator.language);
    pane.retell();
    tellKey(pane);
  });
  part("effort").addEventListener("change", ({ target }) => kept.set("effort", target.value));
  part("new-columns").addEventListener("change", ({ target }) => kept.set("newColumns", target.checked));
  part("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = part("key").value.trim();
    if (typed) keep(pane, typed, "saved");
  });
  part("forget").addEventListener("click", () => keep(pane, "", "forgotten"));
  open(view, !kept.get("key") && settings.needs_key);
}

function keep(pane, key, told) {
  pane.kept.set("key", key);
  pane.view.part("key").value = "";
  tellKey(pane, told);
}

function tellKey({ view, kept, settings }, told) {
  const usual = kept.get("key") ? "has_key" : settings.sign_in ? "microsoft" : "no_key";
  view.part("key-state").textContent = view.words.say(`settings.${told ?? usual}`);
  view.part("forget").hidden = !kept.get("key");
}

/** Show the settings, or hide them. */
export function open(view, isOpen) {
  view.part("settings").hidden = !isOpen;
  view.part("settings-button").setAttribute("aria-expanded", String(Boolean(isOpen)));
}
