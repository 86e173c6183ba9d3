// A bundle to plan items with JSON.parse: the mapping of `src/mapping.rs`, to the letter.
//
// Told line by line: {"body": PATH} reads a file, {"map": TIMES} maps it so often and answers with the best time,
// {"summary": true} answers with all that the plan says. `node mapping.mjs --heap PATH` maps once and tells its memory.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const text = (value) => (typeof value === "string" ? value : undefined);
const object = (value) => (value !== null && typeof value === "object" && !Array.isArray(value) ? value : undefined);
/** A field of one value; of a list the first. */
const one = (value) => (Array.isArray(value) ? object(value.find(object)) : object(value));
const oneText = (value) => (Array.isArray(value) ? text(value.find(text)) : text(value));
/** A repeating field; a lone value is a list of one. */
const many = (value) => (Array.isArray(value) ? value.filter(object) : object(value) ? [value] : []);

const said = (value) => (text(value)?.trim() ? value : undefined);
function label(code) {
  if (!code) return "";
  const codings = many(code.coding);
  return said(code.text) ?? codings.map((c) => said(c.display)).find(Boolean) ?? codings.map((c) => said(c.code)).find(Boolean) ?? "";
}
const firstCode = (code) => (code ? many(code.coding).map((c) => text(c.code)).find((c) => c !== undefined) : undefined);
function firstCoding(code) {
  const coding = code ? many(code.coding)[0] : undefined;
  const [system, value] = [text(coding?.system), text(coding?.code)];
  return system !== undefined && value !== undefined ? `${system}|${value}` : label(code);
}
function seconds(when) {
  const moment = text(when) === undefined ? NaN : Date.parse(when);
  return Number.isNaN(moment) ? 0 : Math.floor(moment / 1000);
}
const number = (quantity) => (typeof quantity?.value === "number" ? quantity.value : undefined);
const value = (quantity) => (number(quantity) === undefined ? "" : `${number(quantity)} ${text(quantity.unit) ?? ""}`);
const references = (all) => many(all).map((r) => oneText(r.reference)).filter((r) => r !== undefined);
const texts = (all) => many(all).map((e) => oneText(e.text)).filter((t) => t !== undefined).join("; ");

/** Letter, code, status, date, words and references of a resource; nothing for what is no item. */
function view(resource) {
  switch (resource.resourceType) {
    case "Condition":
      return ["c", one(resource.code), firstCode(one(resource.clinicalStatus)), oneText(resource.onsetDateTime), texts(resource.note), []];
    case "Goal": {
      const targets = many(resource.target).map((target) => {
        const high = number(one(one(target.detailRange)?.high)) ?? 0;
        return `${label(one(target.measure))} ${high} ${seconds(oneText(target.dueDate))}`;
      });
      return ["g", one(resource.description), oneText(resource.lifecycleStatus), oneText(resource.startDate), targets.join("; "), references(resource.addresses)];
    }
    case "MedicationRequest":
      return ["i", one(resource.medicationCodeableConcept), oneText(resource.status), oneText(resource.authoredOn), texts(resource.dosageInstruction), references(resource.reasonReference)];
    case "ServiceRequest":
      return ["i", one(resource.code), oneText(resource.status), oneText(resource.occurrenceDateTime), "", references(resource.reasonReference)];
    case "Procedure":
    case "Immunization":
    case "DiagnosticReport": {
      const when = oneText(one(resource.performedPeriod)?.start) ?? oneText(resource.occurrenceDateTime) ?? oneText(resource.effectiveDateTime);
      const links = [...references(resource.reasonReference), ...references(resource.result)];
      return ["i", one(resource.code) ?? one(resource.vaccineCode), oneText(resource.status), when, "", links];
    }
    case "Observation": {
      let says = value(one(resource.valueQuantity));
      for (const component of many(resource.component)) says += `${label(one(component.code))}=${value(one(component.valueQuantity))};`;
      return ["o", one(resource.code), oneText(resource.status), oneText(resource.effectiveDateTime), says, []];
    }
    default:
      return undefined;
  }
}

function map(body) {
  const resources = many(JSON.parse(body).entry).map((entry) => object(entry.resource)).filter(Boolean);
  const keys = new Set(resources.map((resource) => `${resource.resourceType}/${resource.id}`));
  const plain = new Map();
  for (const resource of resources) {
    const found = view(resource);
    if (!found) continue;
    const [letter, code, status, when, says, links] = found;
    const group = `${letter} ${resource.resourceType} ${firstCoding(code)}`;
    let item = plain.get(group);
    if (!item) plain.set(group, (item = { group, title: label(code), members: [] }));
    item.members.push({
      seconds: seconds(when), key: `${resource.resourceType}/${resource.id}`, version: oneText(one(resource.meta)?.versionId),
      status, says, links: links.filter((link) => keys.has(link)),
    });
  }
  for (const item of plain.values()) {
    item.members.sort((a, b) => a.seconds - b.seconds || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  }
  return [...plain.values()].sort((a, b) => (a.group < b.group ? -1 : 1));
}

function summary(plain) {
  const member = (m) => `  ${m.seconds} ${m.key} ${m.version ?? ""} ${m.status ?? ""} ${m.says} ${m.links.join(" ")}\n`;
  return plain.map((item) => `${item.group}: ${item.title}\n${item.members.map(member).join("")}`).join("");
}

const memory = (field) => {
  const line = readFileSync("/proc/self/status", "utf8").split("\n").find((line) => line.startsWith(`${field}:`));
  return Number(line.replace(/\D/g, "")) * 1024;
};

if (process.argv[2] === "--heap") {
  const body = readFileSync(process.argv[3], "utf8");
  const before = memory("VmRSS");
  const plain = map(body);
  console.log(JSON.stringify({ body: Buffer.byteLength(body), grew: memory("VmHWM") - before, items: plain.length }));
} else {
  let body = "";
  const answers = {
    body: (path) => ((body = readFileSync(path, "utf8")), {}),
    summary: () => ({ summary: summary(map(body)) }),
    map: (times) => {
      let best = Infinity;
      for (let at = 0; at < times; at += 1) {
        const start = performance.now();
        map(body);
        best = Math.min(best, performance.now() - start);
      }
      return { ms: best };
    },
  };
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      const [[name, wish]] = Object.entries(JSON.parse(line));
      console.log(JSON.stringify(answers[name](wish)));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error) }));
    }
  }
}
