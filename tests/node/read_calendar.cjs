// Reads a calendar with ical.js, a parser that shares no code with ours, and prints its events as JSON.
const ICAL = require(require("path").join(process.argv[2], "ical.js", "dist", "ical.es5.cjs"));
const text = require("fs").readFileSync(0, "utf8");
const calendar = new ICAL.Component(ICAL.parse(text));
const events = calendar.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    start: event.startDate.toString(),
    end: event.endDate.toString(),
    allDay: event.startDate.isDate,
  };
});
process.stdout.write(JSON.stringify({ uid: calendar.getFirstPropertyValue("uid"), events }));
