/** Charts over a tab's own cells: bars, the later series in front of the earlier ones. */

import { colour, rangeOf } from "./cells.js";

const TITLE_SIZE = 11;
const GAP_PERCENT = 40;
const IN_FRONT = 100;

/** Draw them last: the tab's numbers say the same, so that an Excel that cannot draw one may leave it out. */
export async function drawCharts(context, sheet, tab) {
  try {
    for (const chart of tab.charts) drawChart(sheet, tab, chart);
    await context.sync();
  } catch {
    // The numbers stand in the tab.
  }
}

function drawChart(sheet, tab, said) {
  const [first] = said.series;
  const type = said.lying ? "BarClustered" : "ColumnClustered";
  const chart = sheet.charts.add(type, sheet.getRange(first.values), "Columns");
  chart.series.getItemAt(0).delete();
  for (const one of said.series) {
    const series = chart.series.add(one.name);
    series.setValues(sheet.getRange(one.values));
    series.setXAxisValues(sheet.getRange(said.categories));
    series.format.fill.setSolidColor(colour(one.colour));
    series.overlap = IN_FRONT;
    series.gapWidth = GAP_PERCENT;
  }
  chart.plotVisibleOnly = false;
  place(sheet, chart, said);
  name(chart, said);
  const { categoryAxis, valueAxis } = chart.axes;
  categoryAxis.reversePlotOrder = said.lying || tab.right_to_left;
  valueAxis.reversePlotOrder = said.lying && tab.right_to_left;
  valueAxis.majorGridlines.format.line.color = colour(said.line);
  for (const axis of [categoryAxis, valueAxis]) axis.format.font.color = colour(said.ink);
  if (said.number_format !== "General") valueAxis.numberFormat = said.number_format;
  if (said.font) chart.format.font.name = said.font;
}

function place(sheet, chart, { row, column, width, height }) {
  chart.setPosition(rangeOf(sheet, row, column, 1, 1));
  chart.width = width;
  chart.height = height;
}

function name(chart, said) {
  chart.name = said.title;
  chart.title.text = said.title;
  chart.title.format.font.size = TITLE_SIZE;
  chart.title.format.font.bold = true;
  chart.title.format.font.color = colour(said.ink);
  chart.legend.visible = said.series.length > 1;
  chart.legend.position = "Bottom";
}

