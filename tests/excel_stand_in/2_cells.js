/** What objects Excel's interface has: scalars that are loaded, setters, navs to other objects, and methods. */

// ---- what objects there are; each has scalars (read), setters, navs (other objects) and methods
const scalarsOf = (...names) => Object.fromEntries(names.map((name) => [name, (it) => it[name]]));
const settersOf = (...names) => Object.fromEntries(names.map((name) => [name, (it, value) => { it[name] = value; }]));
const bag = (...names) => ({ scalars: scalarsOf(...names), setters: settersOf(...names) });
const each = function* ({ sheet, boxes }) {
  for (const box of boxes) for (let r = box.r; r <= box.r2; r += 1) for (let c = box.c; c <= box.c2; c += 1) yield [sheet, r, c];
};
function look(range, name, value) {
  range.sheet.check();
  for (const box of range.boxes) {
    if (box.r2 - box.r > MANY) {
      for (let c = box.c; c <= Math.min(box.c2, 500); c += 1) put(range.sheet.columns, c, name, value);
      continue;
    }
    if (name === "rowHeight") for (let r = box.r; r <= box.r2; r += 1) put(range.sheet.rows, r, name, value);
    else for (const [sheet, r, c] of each({ ...range, boxes: [box] })) put(sheet.looks, key(r, c), name, value);
  }
}
function put(map, at, name, value) {
  map.set(at, { ...map.get(at), [name]: value });
}
const looking = (...names) => Object.fromEntries(names.map((name) => [name, (it, value) => look(it.range, `${it.at ?? ""}${name}`, value)]));
const only = (range, name, otherwise) => {
  const found = new Set([...each(range)].map(([sheet, r, c]) => sheet.looks.get(key(r, c))?.[name] ?? otherwise));
  return found.size === 1 ? [...found][0] : "";
};
const grid = (range, read) => {
  const [box] = range.boxes;
  return Array.from({ length: box.r2 - box.r + 1 }, (_, r) =>
    Array.from({ length: box.c2 - box.c + 1 }, (__, c) => read(range.sheet.cells.get(key(box.r + r, box.c + c)))));
};
function setGrid(range, values, set) {
  range.sheet.check();
  const [box] = range.boxes;
  const [rows, columns] = [box.r2 - box.r + 1, box.c2 - box.c + 1];
  const given = Array.isArray(values) ? values : Array.from({ length: rows }, () => Array(columns).fill(values));
  if (given.length !== rows || given.some((row) => row.length !== columns)) {
    throw new OfficeError("InvalidArgument", `${given.length} x ${given[0]?.length} into ${shown(box)}`);
  }
  given.forEach((row, r) => row.forEach((value, c) => set(range.sheet.cell(box.r + r, box.c + c), value)));
}
const sub = (range, boxes) => ({ sheet: range.sheet, boxes });

const KINDS = {
  Workbook: { navs: { worksheets: ["WorksheetCollection", (it) => it], functions: ["Functions", (it) => it], application: ["Application", (it) => it] } },
  Application: { methods: { suspendScreenUpdatingUntilNextSync: { act() {} } } },
  Functions: { methods: { date: { kind: "FunctionResult", get: (it, y, m, d) => ({ value: (Date.UTC(y, m - 1, d) - EPOCHS[it.date1904 ? 1904 : 1900]) / DAY }) } } },
  FunctionResult: bag("value"),
  WorksheetCollection: {
    items: ["Worksheet", (it) => it.sheets],
    methods: {
      getItemOrNullObject: { kind: "Worksheet", get: (it, name) => it.sheets.find((sheet) => sheet.id === name || sheet.name === name) ?? null },
      add: {
        kind: "Worksheet",
        make(it, name) {
          if (it.sheets.some((sheet) => sheet.name === name)) throw new OfficeError("ItemAlreadyExists");
          const sheet = new Sheet(name);
          it.sheets.push(sheet);
          return sheet;
        },
      },
    },
  },
  Worksheet: {
    scalars: scalarsOf("id", "name", "visibility"),
    setters: { showGridlines: (it, value) => { it.gridlines = value; }, tabColor: (it, value) => { it.colour = value; } },
    navs: {
      tables: ["TableCollection", (it) => it], charts: ["ChartCollection", (it) => it], pivotTables: ["PivotTableCollection", (it) => it],
      protection: ["Protection", (it) => it], freezePanes: ["FreezePanes", (it) => it], autoFilter: ["AutoFilter", (it) => it],
      pageLayout: ["PageLayout", (it) => it.page],
    },
    methods: {
      activate: { act: (it) => { it.isActive = true; } },
      getRange: { kind: "Range", get: (it, address) => ({ sheet: it, boxes: [address === undefined ? parsed("A1:XFD1048576") : parsed(address)] }) },
      getRanges: {
        kind: "RangeAreas",
        get(it, text) {
          if (text.length > 8192) throw new OfficeError("InvalidArgument", "an address of more than 8192 letters");
          return { sheet: it, boxes: text.split(",").map(parsed) };
        },
      },
      getRangeByIndexes: {
        kind: "Range",
        get(it, r, c, rows, columns) {
          if (![r, c, rows, columns].every(Number.isInteger) || r < 0 || c < 0 || rows < 1 || columns < 1) throw new OfficeError("InvalidArgument");
          return { sheet: it, boxes: [{ r: r + 1, c: c + 1, r2: r + rows, c2: c + columns }] };
        },
      },
      getUsedRange: { kind: "Range", get: (it) => ({ sheet: it, boxes: [it.used() ?? parsed("A1")] }) },
      getUsedRangeOrNullObject: { kind: "Range", get: (it) => (it.used() ? { sheet: it, boxes: [it.used()] } : null) },
    },
  },
  Range: {
    scalars: {
      address: (it) => `${it.sheet.name}!${shown(it.boxes[0])}`,
      rowIndex: (it) => it.boxes[0].r - 1, columnIndex: (it) => it.boxes[0].c - 1,
      rowCount: (it) => it.boxes[0].r2 - it.boxes[0].r + 1, columnCount: (it) => it.boxes[0].c2 - it.boxes[0].c + 1,
      values: (it) => grid(it, (cell) => cell?.value ?? ""),
      formulas: (it) => grid(it, (cell) => cell?.formula ?? cell?.value ?? ""),
      numberFormat: (it) => grid(it, (cell) => cell?.format ?? "General"),
    },
    setters: {
      values: (it, given) => setGrid(it, given, (cell, value) => enter(cell, value, it.epoch)),
      numberFormat: (it, given) => setGrid(it, given, (cell, value) => { if (value !== null) cell.format = value; }),
      columnHidden: (it, value) => look(it, "columnHidden", value),
      rowHidden: (it, value) => look(it, "rowHidden", value),
    },
    navs: { format: ["RangeFormat", (it) => ({ range: it })], conditionalFormats: ["ConditionalFormatCollection", (it) => it] },
    methods: {
      select: { act(it) { it.sheet.selected = shown(it.boxes[0]); } },
      clear: {
        act({ sheet, boxes: [box] }) {
          sheet.check();
          for (const map of [sheet.cells, sheet.looks]) {
            for (const at of map.keys()) if (inside(box, at)) map.delete(at);
          }
        },
      },
      unmerge: { act({ sheet, boxes: [box] }) { sheet.merges = sheet.merges.filter((one) => meet(one, box).r > meet(one, box).r2); } },
      merge: { act({ sheet, boxes: [box] }) { sheet.merges.push(box); } },
      getMergedAreasOrNullObject: {
        kind: "RangeAreas",
        get: (it) => (it.sheet.merges.length ? sub(it, it.sheet.merges) : null),
      },
      getIntersectionOrNullObject: {
        kind: "Range", takesObject: true,
        get(it, other) {
          const box = meet(it.boxes[0], other.boxes[0]);
          return box.r <= box.r2 && box.c <= box.c2 ? sub(it, [box]) : null;
        },
      },
      findOrNullObject: {
        kind: "Range",
        get(it, text, { completeMatch }) {
          const hit = [...each(it)].find(([sheet, r, c]) => {
            const value = String(sheet.cells.get(key(r, c))?.value ?? "");
            return completeMatch ? value === text : value.includes(text);
          });
          return hit ? sub(it, [{ r: hit[1], c: hit[2], r2: hit[1], c2: hit[2] }]) : null;
        },
      },
    },
  },
  RangeAreas: {
    scalars: { address: (it) => it.boxes.map(shown).join() },
    navs: {
      format: ["RangeFormat", (it) => ({ range: it })], conditionalFormats: ["ConditionalFormatCollection", (it) => it],
      areas: ["RangeCollection", (it) => it],
    },
  },
  RangeCollection: { items: ["Range", (it) => it.boxes.map((box) => sub(it, [box]))] },
  RangeFormat: {
    setters: looking("horizontalAlignment", "verticalAlignment", "indentLevel", "wrapText", "readingOrder", "columnWidth", "rowHeight"),
    navs: { font: ["RangeFont", (it) => ({ ...it, at: "font." })], fill: ["RangeFill", (it) => ({ ...it, at: "fill." })], borders: ["RangeBorderCollection", (it) => it] },
  },
  RangeFont: { setters: looking("name", "size", "bold", "color") },
  RangeFill: { scalars: { color: (it) => only(it.range, "fill.color", "#FFFFFF") }, setters: looking("color") },
  RangeBorderCollection: { methods: { getItem: { kind: "RangeBorder", get: (it, side) => ({ ...it, at: `${side}.` }) } } },
  RangeBorder: {
    setters: Object.fromEntries(["style", "color", "weight"].map((name) => [name, (it, value) => {
      const across = it.at.startsWith("InsideHorizontal") ? (box) => box.r2 > box.r : (box) => box.c2 > box.c;
      if (it.at.startsWith("Inside") && !it.range.boxes.every(across)) throw new OfficeError("InvalidArgument", it.at);
      look(it.range, `${it.at}${name}`, value);
    }])),
  },
};
