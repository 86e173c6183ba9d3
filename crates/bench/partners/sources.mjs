// Two clients of the same sources. Told line by line:
//   {"floor": {"parallel": 16, "sources": [{"base", "generations": [["GET /Goal?…", …], …]}]}}
//     the ideal client: knows every request before, asks all sources at once and everything of a generation at once, as far
//     as the limit of requests at once allows, and throws the answers away.
//   {"serial": {"sources": [{"base", "patient"}]}}
//     the peer: 24 requests a source, one after the other, and one source after the other, parsing as it goes.

import http from "node:http";
import { createInterface } from "node:readline";

function get(agent, url) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers: { accept: "application/fhir+json" } }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, body: Buffer.concat(chunks) }));
      response.on("error", reject);
    });
    request.setNoDelay(true);
    request.on("error", reject);
  });
}

/** Milliseconds that each source's own chain took, all sources at once, with new connections. */
async function floor({ parallel, sources }) {
  const start = performance.now();
  const chain = async ({ base, generations }) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: parallel });
    for (const generation of generations) {
      await Promise.all(generation.map((target) => get(agent, base + target.slice("GET ".length))));
    }
    const took = performance.now() - start;
    agent.destroy();
    return took;
  };
  return { ms: await Promise.all(sources.map(chain)) };
}

/** What the peer asks of a source. */
function list(patient) {
  const about = (kind, rest = "") => `${kind}?patient=${patient}${rest}`;
  const vital = (code) => about("Observation", `&code=${code}`);
  return [
    `Patient/${patient}`,
    "Practitioner/practitioner-0",
    "Practitioner/practitioner-1",
    about("CarePlan", "&category=assess-plan"),
    about("CareTeam", "&status=active"),
    about("Goal"),
    about("Condition", "&category=problem-list-item"),
    about("Condition", "&category=health-concern"),
    about("Procedure"),
    about("DiagnosticReport"),
    about("Immunization"),
    about("Observation", "&category=laboratory"),
    about("MedicationRequest", "&status=active"),
    about("MedicationRequest", "&status=completed"),
    about("ServiceRequest"),
    about("Observation", "&category=social-history"),
    ...["85354-9", "8867-4", "2708-6", "29463-7", "39156-5", "8302-2", "8310-5"].map(vital),
    vital("55284-4"),
  ];
}

async function serial({ sources }) {
  const start = performance.now();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let requests = 0;
  for (const { base, patient } of sources) {
    for (const target of list(patient)) {
      let next = `${base}/${target}`;
      requests += 1;
      while (next) {
        const { status, body } = await get(agent, next);
        if (status !== 200) throw new Error(`${next} answered ${status}`);
        next = JSON.parse(body).link?.find?.((link) => link.relation === "next")?.url;
      }
    }
  }
  const took = performance.now() - start;
  agent.destroy();
  return { ms: took, requests };
}

const answers = { floor, serial };
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const [[name, wish]] = Object.entries(JSON.parse(line));
    console.log(JSON.stringify(await answers[name](wish)));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
