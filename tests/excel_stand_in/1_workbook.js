/**
 * A stand-in for Office.js and the Excel behind it, for a browser without Office. This is the workbook behind it.
 *
 * It behaves where it matters as the real one does: objects are proxies, nothing happens before sync(), a property that
 * was not loaded cannot be read, what Excel's interface does not have is an error, a text that is set is taken for
 * whatever it looks like (number, date, formula), `null` in an array leaves a cell as it is, an array of the wrong
 * size is refused, a batch stops at its first error and keeps what came before, and no request or answer may be larger
 * than 5 MB.
 *
 * standIn({sheets: [{name, rows: [[{v, f, n}]], merges, tables}], date1904}) gives {Office, Excel, book}.
 */

const LIMIT = 5 * 2 ** 20;
const MANY = 100_000;
const EPOCHS = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };
const DAY = 86_400_000;
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

class OfficeError extends Error {
  constructor(code, message = code) {
    super(message);
    this.code = code;
    this.name = "RichApi.Error";
  }
}

// ---- addresses
const letters = (n) => (n > 0 ? letters(Math.floor((n - 1) / 26)) + String.fromCharCode(65 + ((n - 1) % 26)) : "");
const number = (text) => [...text].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0);
function parsed(address) {
  const text = address.slice(address.lastIndexOf("!") + 1).replaceAll("$", "");
  const found = /^([A-Z]*)(\d*)(?::([A-Z]*)(\d*))?$/.exec(text);
  if (!found || text === "") throw new OfficeError("InvalidArgument", `no address: ${address}`);
  const [, left, top, right = left, bottom = top] = found;
  const box = {
    r: Number(top || 1),
    c: left ? number(left) : 1,
    r2: Number(bottom || 1_048_576),
    c2: right ? number(right) : 16_384,
  };
  if (box.r > box.r2 || box.c > box.c2 || box.r < 1) throw new OfficeError("InvalidArgument", address);
  return box;
}
const shown = ({ r, c, r2, c2 }) => (r === r2 && c === c2 ? letters(c) + r : `${letters(c)}${r}:${letters(c2)}${r2}`);
const key = (r, c) => r * 20_000 + c;
const meet = (a, b) => ({
  r: Math.max(a.r, b.r), c: Math.max(a.c, b.c), r2: Math.min(a.r2, b.r2), c2: Math.min(a.c2, b.c2),
});

// ---- the workbook behind
let ids = 0;
class Sheet {
  constructor(name, given = {}) {
    Object.assign(this, { id: `{${(ids += 1)}}`, name, visibility: given.visibility ?? "Visible", cells: new Map() });
    Object.assign(this, { looks: new Map(), columns: new Map(), rows: new Map(), merges: [], rules: [], charts: [] });
    Object.assign(this, { frozen: null, filter: null, gridlines: true, colour: "", page: {}, pivots: [] });
    this.isProtected = given.isProtected ?? false;
    this.pivots = given.pivots ?? [];
    this.merges = (given.merges ?? []).map(parsed);
    this.tables = (given.tables ?? []).map((table, at) => ({ id: `t${at}`, name: `Table${at + 1}`, ...table, box: parsed(table.address) }));
    (given.rows ?? []).forEach((row, r) => row.forEach((cell, c) => {
      if (cell) this.cells.set(key(r + 1, c + 1), { value: cell.v ?? "", formula: cell.f ?? null, format: cell.n ?? "General" });
    }));
  }
  used() {
    let box = null;
    for (const [at, cell] of this.cells) {
      if (cell.value === "" && cell.formula === null) continue;
      const [r, c] = [Math.floor(at / 20_000), at % 20_000];
      box = box ? { r: Math.min(r, box.r), c: Math.min(c, box.c), r2: Math.max(r, box.r2), c2: Math.max(c, box.c2) } : { r, c, r2: r, c2: c };
    }
    return box;
  }
  cell(r, c) {
    const at = key(r, c);
    if (!this.cells.has(at)) this.cells.set(at, { value: "", formula: null, format: "General" });
    return this.cells.get(at);
  }
  check() {
    if (this.isProtected) throw new OfficeError("AccessDenied");
  }
}

/** Enter a text as if it had been typed. */
function enter(cell, given, epoch) {
  if (given === null) return;
  cell.formula = null;
  if (typeof given !== "string") {
    cell.value = cell.format === "@" && given !== "" ? String(given) : given;
    return;
  }
  if (given.startsWith("'")) cell.value = given.slice(1);
  else if (cell.format === "@" || given === "") cell.value = given;
  else Object.assign(cell, taken(given, cell.format, epoch));
}
function taken(text, format, epoch) {
  if (/^[=+@]|^-[^\d]/.test(text)) {
    if (text.startsWith("@")) throw new OfficeError("InvalidArgument", "not a formula");
    return { formula: text.replace(/^[+]/, "="), value: 0 };
  }
  if (/^[-+]?\d+([.]\d+)?$/.test(text)) return { value: Number(text) };
  if (/^[-+]?\d+([.]\d+)?%$/.test(text)) return { value: Number.parseFloat(text) / 100, format: "0%" };
  if (/^(true|false)$/i.test(text)) return { value: /^true$/i.test(text) };
  if (/^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/.test(text)) return { value: text };
  const day = date(text);
  if (day !== null) return { value: (day - epoch) / DAY, format: format === "General" ? "d-mmm" : format };
  return { value: text };
}
function date(text) {
  const iso = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(text);
  if (iso) return Date.UTC(iso[1], iso[2] - 1, iso[3]);
  const slashed = /^(\d\d?)[/.](\d\d?)([/.](\d{4}))?$/.exec(text);
  if (slashed) return Date.UTC(slashed[4] ?? 2026, slashed[1] - 1, slashed[2]);
  const named = /^(?:(\d\d?)[ -]([a-z]{3})|([a-z]{3})[ -](\d\d?\d?))$/i.exec(text);
  const month = named && MONTHS.indexOf((named[2] ?? named[3]).toLowerCase());
  return named && month >= 0 ? Date.UTC(2026, month, Number(named[1] ?? named[4])) : null;
}

