/** The kinds for rules, tables, panes, pages and charts. */

Object.assign(KINDS, {
  ConditionalFormatCollection: {
    items: ["ConditionalFormat", (it) => it.sheet.rules.filter((rule) => rule.boxes.some((box) => it.boxes.some((one) => meet(one, box).r <= meet(one, box).r2 && meet(one, box).c <= meet(one, box).c2)))],
    methods: {
      add: {
        kind: "ConditionalFormat",
        make(it, type) {
          it.sheet.check();
          const rule = { type, boxes: it.boxes, font: {}, fill: {}, rule: null };
          it.sheet.rules.push(rule);
          return rule;
        },
      },
      clearAll: { act(it) { it.sheet.rules = []; } },
    },
  },
  ConditionalFormat: { scalars: scalarsOf("type"), navs: { cellValue: ["CellValueConditionalFormat", (it) => it] } },
  CellValueConditionalFormat: { ...bag("rule"), navs: { format: ["ConditionalRangeFormat", (it) => it] } },
  ConditionalRangeFormat: { navs: { font: ["ConditionalRangeFont", (it) => it.font], fill: ["ConditionalRangeFill", (it) => it.fill] } },
  ConditionalRangeFont: bag("bold", "color"),
  ConditionalRangeFill: bag("color"),
  TableCollection: {
    items: ["Table", (it) => it.tables.map((table) => ({ table, sheet: it }))],
    methods: { getItem: { kind: "Table", get: (it, id) => ({ table: it.tables.find((one) => one.id === id || one.name === id), sheet: it }) } },
  },
  Table: {
    scalars: { id: (it) => it.table.id, name: (it) => it.table.name, showTotals: (it) => it.table.showTotals ?? false, showHeaders: () => true },
    methods: {
      getRange: { kind: "Range", get: (it) => ({ sheet: it.sheet, boxes: [it.table.box] }) },
      getTotalRowRange: { kind: "Range", get: (it) => ({ sheet: it.sheet, boxes: [{ ...it.table.box, r: it.table.box.r2 }] }) },
      resize: { act(it, address) { it.table.box = parsed(address); } },
      convertToRange: { act(it) { it.sheet.tables.splice(it.sheet.tables.indexOf(it.table), 1); } },
    },
  },
  PivotTableCollection: { items: ["PivotTable", (it) => it.pivots] },
  PivotTable: bag("name"),
  Protection: { scalars: { protected: (it) => it.isProtected } },
  FreezePanes: {
    methods: {
      freezeRows: { act: (it, rows) => { it.frozen = [rows, 0]; } }, freezeColumns: { act: (it, columns) => { it.frozen = [0, columns]; } },
      freezeAt: { takesObject: true, act: (it, { boxes: [box] }) => { it.frozen = [box.r2, box.c2]; } }, unfreeze: { act: (it) => { it.frozen = null; } },
    },
  },
  AutoFilter: { scalars: { enabled: (it) => it.filter !== null }, methods: { apply: { takesObject: true, act: (it, range) => { it.filter = shown(range.boxes[0]); } }, remove: { act: (it) => { if (!it.filter) throw new OfficeError("InvalidOperation"); it.filter = null; } } } },
  PageLayout: {
    setters: settersOf("orientation", "paperSize", "zoom", "leftMargin", "rightMargin", "topMargin", "bottomMargin"),
    navs: { headersFooters: ["HeaderFooterGroup", (it) => it] },
    methods: { setPrintTitleRows: { act: (it, rows) => { it.titles = rows; } } },
  },
  HeaderFooterGroup: { navs: { defaultForAllPages: ["HeaderFooter", (it) => it] } },
  HeaderFooter: { setters: settersOf("leftFooter", "rightFooter") },
  ChartCollection: {
    items: ["Chart", (it) => it.charts],
    methods: {
      add: {
        kind: "Chart", takesObject: true,
        make(it, type, range) {
          const chart = { type, sheet: it, series: [{ name: "", values: shown(range.boxes[0]) }], title: {}, legend: {}, axes: { categoryAxis: {}, valueAxis: {} } };
          it.charts.push(chart);
          return chart;
        },
      },
    },
  },
  Chart: {
    ...bag("name", "width", "height", "plotVisibleOnly"),
    navs: {
      series: ["ChartSeriesCollection", (it) => it], title: ["ChartTitle", (it) => it.title], legend: ["ChartLegend", (it) => it.legend],
      axes: ["ChartAxes", (it) => it.axes], format: ["ChartAreaFormat", (it) => it],
    },
    methods: { delete: { act: (it) => { it.sheet.charts.splice(it.sheet.charts.indexOf(it), 1); } }, setPosition: { takesObject: true, act: (it, range) => { it.corner = shown(range.boxes[0]); } } },
  },
  ChartAreaFormat: { navs: { font: ["ChartFont", (it) => it] } },
  ChartFont: bag("size", "bold", "color", "name"),
  ChartTitle: { ...bag("text"), navs: { format: ["ChartTitleFormat", (it) => it] } },
  ChartTitleFormat: { navs: { font: ["ChartFont", (it) => it] } },
  ChartLegend: bag("visible", "position"),
  ChartAxes: { navs: { categoryAxis: ["ChartAxis", (it) => it.categoryAxis], valueAxis: ["ChartAxis", (it) => it.valueAxis] } },
  ChartAxis: { ...bag("reversePlotOrder", "numberFormat"), navs: { format: ["ChartAxisFormat", (it) => it], majorGridlines: ["ChartGridlines", (it) => it] } },
  ChartAxisFormat: { navs: { font: ["ChartFont", (it) => it] } },
  ChartGridlines: { navs: { format: ["ChartGridlinesFormat", (it) => it] } },
  ChartGridlinesFormat: { navs: { line: ["ChartLineFormat", (it) => it] } },
  ChartLineFormat: bag("color"),
  ChartSeriesCollection: {
    items: ["ChartSeries", (it) => it.series.map((one) => ({ chart: it, one }))],
    methods: {
      getItemAt: { kind: "ChartSeries", get: (it, at) => ({ chart: it, one: it.series[at] }) },
      add: {
        kind: "ChartSeries",
        make(it, name) {
          const one = { name };
          it.series.push(one);
          return { chart: it, one };
        },
      },
    },
  },
  ChartSeries: {
    setters: { overlap: (it, value) => { it.one.overlap = value; }, gapWidth: (it, value) => { it.one.gap = value; } },
    navs: { format: ["ChartSeriesFormat", (it) => it] },
    methods: {
      delete: { act: (it) => { it.chart.series.splice(it.chart.series.indexOf(it.one), 1); } },
      setValues: { takesObject: true, act: (it, range) => { it.one.values = shown(range.boxes[0]); } },
      setXAxisValues: { takesObject: true, act: (it, range) => { it.one.categories = shown(range.boxes[0]); } },
    },
  },
  ChartSeriesFormat: { navs: { fill: ["ChartFill", (it) => it] } },
  ChartFill: { methods: { setSolidColor: { act: (it, colour) => { it.one.colour = colour; } } } },
});
function inside(box, at) {
  const [r, c] = [Math.floor(at / 20_000), at % 20_000];
  return r >= box.r && r <= box.r2 && c >= box.c && c <= box.c2;
}

