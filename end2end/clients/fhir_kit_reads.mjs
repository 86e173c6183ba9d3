// Reads the shared plans of a service with `fhir-kit-client`, whose folder is the first argument.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const required = createRequire(import.meta.url)(process.argv[2]);
const Client = required.default ?? required.Client ?? required;
const there = JSON.parse(process.env.FHIR_THERE);
const client = new Client({
  baseUrl: process.env.FHIR_BASE,
  customHeaders: { Authorization: `Bearer ${process.env.FHIR_TOKEN}` },
});

function same(what, found, expected) {
  assert.deepEqual(found, expected, what);
  console.log(`fhir-kit-client: ${what}:`, found);
}

const metadata = await client.capabilityStatement();
same('FHIR version', metadata.fhirVersion, '4.0.1');

async function all(bundle) {
  const found = [];
  for (let page = bundle; page; page = await client.nextPage({ bundle: page })) {
    found.push(...(page.entry ?? []));
  }
  return found;
}

const searchParams = { patient: there.person, _count: 3 };
const goals = await all(await client.search({ resourceType: 'Goal', searchParams }));
same('goals, to the end', new Set(goals.map((entry) => entry.resource.id)).size, there.goals);
const options = { postSearch: true };
const posted = await all(await client.search({ resourceType: 'Goal', searchParams, options }));
same('the same by POST', posted.map((entry) => entry.fullUrl), goals.map((entry) => entry.fullUrl));

const along = await client.search({
  resourceType: 'CarePlan',
  searchParams: { patient: there.person, category: 'assess-plan', _include: 'CarePlan:care-team', _revinclude: 'ServiceRequest:based-on' },
});
same('what comes along', along.entry.slice(1).map((entry) => entry.resource.resourceType).sort(), ['CareTeam', 'ServiceRequest']);

const plan = await client.read({ resourceType: 'CarePlan', id: there.plan });
same('version that is read', plan.meta.versionId, String(there.plan_versions));
const first = await client.vread({ resourceType: 'Goal', id: there.goal, version: '1' });
same('first version', [first.meta.versionId, first.note], ['1', undefined]);
const history = await client.history({ resourceType: 'Goal', id: there.goal });
same('history', history.entry.map((entry) => Number(entry.resource.meta.versionId)), [4, 3, 2, 1]);
const resolved = await client.resolve({ reference: plan.goal[0].reference });
same('a reference that is followed', resolved.id, there.goal);

// Each is asked when it is its turn: a refusal that nobody waits for yet would end the script.
for (const [what, asked, status] of [
  ['a write', () => client.create({ resourceType: 'Goal', body: { resourceType: 'Goal' } }), 405],
  ['nobody', () => client.read({ resourceType: 'Goal', id: 'f'.repeat(32) }), 404],
  ['a parameter that is none', () => client.search({ resourceType: 'Goal', searchParams: { colour: 'red' } }), 400],
]) {
  const refused = await asked().then(() => assert.fail(`${what} was taken`), (error) => error.response);
  same(what, [refused.status, refused.data.resourceType], [status, 'OperationOutcome']);
}
