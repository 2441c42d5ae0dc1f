// Reads calendar files with ical.js: one JSON object a line comes in ({"ics": base64}), one goes out ({"file": ...} or {"error": "..."}).
const readline = require("node:readline");
const ICAL = require("./vendor/ical.js/ical.es5.min.cjs");

ICAL.design.strict = true;

function opened(octets) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  const roots = ICAL.parse(text);
  if (roots[0] !== "vcalendar") throw new Error(`not one VCALENDAR: ${JSON.stringify(roots.map((root) => root[0]))}`);
  const calendar = new ICAL.Component(roots);
  return {
    ...propertiesOf(calendar),
    components: calendar.getAllSubcomponents().map((component) => component.name),
    events: calendar.getAllSubcomponents("vevent").map(propertiesOf),
  };
}

// Every property by its name: an object with its value and its parameters, or a list of them where it may come more than once.
function propertiesOf(component) {
  const found = {};
  for (const property of component.getAllProperties()) {
    const values = property.getValues();
    const read = { value: values.length === 1 ? plain(values[0]) : values.map(plain), type: property.type, ...parametersOf(property) };
    if (MANY.has(property.name)) (found[property.name] ||= []).push(read);
    else if (property.name in found) throw new Error(`${property.name} comes twice`);
    else found[property.name] = read;
  }
  return found;
}

const MANY = new Set(["attendee", "conference", "comment", "categories", "attach"]);

function parametersOf(property) {
  const names = Object.keys(property.toJSON()[1]);
  return names.length ? { parameters: Object.fromEntries(names.map((name) => [name, property.getParameter(name)])) } : {};
}

// A time of a VEVENT has to be an instant: without a zone each reader would take it for another one.
function plain(value) {
  if (value instanceof ICAL.Time) {
    if (value.isDate || value.zone !== ICAL.Timezone.utcTimezone) throw new Error(`not a time in UTC: ${value}`);
    return value.toJSDate().toISOString().replace(".000Z", "+00:00");
  }
  return typeof value === "object" ? value.toString() : value;
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  let answer;
  try {
    answer = { file: opened(Buffer.from(JSON.parse(line).ics, "base64")) };
  } catch (error) {
    answer = { error: String(error.message || error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
