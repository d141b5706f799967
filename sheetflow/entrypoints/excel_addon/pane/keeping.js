/** What the pane remembers on this computer: the key and how people like it; each Office keeps its own. */

const USUAL = { key: "", language: "", effort: "balanced", newColumns: true };

export class Kept {
  constructor(office) {
    this.name = `${office?.context?.partitionKey ?? ""}sheetflow`;
    this.values = { ...USUAL, ...this.read() };
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    this.values[name] = value;
    try {
      localStorage.setItem(this.name, JSON.stringify(this.values));
    } catch {
      // Where nothing may be kept, it lasts until the pane is closed.
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "{}");
    } catch {
      return {};
    }
  }
}
