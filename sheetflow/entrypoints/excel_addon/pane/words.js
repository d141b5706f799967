/** What the pane says: sentences with facts in them, in the language of whoever reads. */

const RIGHT_TO_LEFT = new Set(["fa"]);
const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const FACT = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*)(?:\|([^|{}]*))?)?\}/g;

export class Words {
  /** Sentences by language and key, such as `{"en": {"run": {"stop": "Stop"}}}`. */
  constructor(catalog) {
    this.catalog = catalog;
    this.language = "en";
  }

  /** Take the first of these languages that there is; `id-ID` counts as `id`. */
  choose(...wishes) {
    const plain = wishes.filter(Boolean).map((wish) => wish.toLowerCase().split("-")[0]);
    const named = plain.map((wish) => (wish === "in" ? "id" : wish));
    this.language = named.find((wish) => wish in this.catalog) ?? "en";
    return this.language;
  }

  get direction() {
    return RIGHT_TO_LEFT.has(this.language) ? "rtl" : "ltr";
  }

  /** The sentence of a key, filled; a key without one is shown as it is. */
  say(key, facts = {}) {
    const found = key.split(".").reduce((part, name) => part?.[name], this.catalog[this.language]);
    return typeof found === "string" ? this.fill(found, facts) : key;
  }

  /** `{step}` is a fact; `{days|day|days|no days}` is a number with its word. */
  fill(template, facts) {
    return template.replace(FACT, (_, name, one, many, none) => {
      const value = facts[name] ?? "";
      if (one === undefined) return this.show(value);
      if (value === 0 && none !== undefined) return none;
      return `${this.show(value)} ${value === 1 ? one : many}`;
    });
  }

  show(value) {
    if (typeof value !== "number") return String(value);
    return this.language === "fa" ? String(value).replace(/\d/g, (digit) => PERSIAN[digit]) : String(value);
  }
}
