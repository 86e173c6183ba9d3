"""Reads the shared plans of a service with `fhirclient`: each resource by the client's own model, which refuses what is no R4."""

import json
import os

from fhirclient import client
from fhirclient.models import bundle, careplan, careteam, condition, goal, patient, provenance, servicerequest, task

there = json.loads(os.environ["FHIR_THERE"])
smart = client.FHIRClient(settings={"app_id": "accord-check", "api_base": os.environ["FHIR_BASE"]})
server = smart.server
server.session.headers["Authorization"] = f"Bearer {os.environ['FHIR_TOKEN']}"


def same(what, found, expected):
    assert found == expected, f"{what}: {found!r} and not {expected!r}"
    print(f"fhirclient: {what}: {found}")


server.get_capability()
assert server.capabilityStatement.fhirVersion == "4.0.1"
kinds = [resource.type for resource in server.capabilityStatement.rest[0].resource]
same("types in metadata", len(kinds), 8)

# Search, to the end.
search = goal.Goal.where({"patient": there["person"], "_count": "2"})
pages = list(search.perform_iter(server))
same("pages of goals", len(pages), 4)
goals = list(search.perform_resources_iter(server))
same("goals", len({one.id for one in goals}), there["goals"])
same("digits of a target", str(goals[0].target[0].detailQuantity.value), "7.5")

# Each type, by its own model.
for model, params, count in [
    (careplan.CarePlan, {"category": "assess-plan"}, 1),
    (careplan.CarePlan, {"activity-code": "36228007"}, 1),
    (task.Task, {"status": "requested"}, 1),
    (servicerequest.ServiceRequest, {"code": "http://snomed.info/sct|36228007"}, 1),
    (careteam.CareTeam, {"status": "proposed"}, 1),
    (condition.Condition, {"category": "health-concern"}, 1),
]:
    found = model.where({"patient": there["person"], **params}).perform_resources(server)
    same(f"{model.resource_type} by {params}", len(found), count)

# What comes along.
search = careplan.CarePlan.where({"patient": there["person"], "_include": "CarePlan:goal", "_revinclude": "Provenance:target"})
along = [entry.resource for entry in search.perform(server).entry if entry.search.mode == "include"]
same("goals along", sum(isinstance(one, goal.Goal) for one in along), there["goals"])
same("provenance along", sum(isinstance(one, provenance.Provenance) for one in along), 1)

# Read, vread, history.
plan = careplan.CarePlan.read(there["plan"], server)
same("version that is read", plan.meta.versionId, str(there["plan_versions"]))
same("person", patient.Patient.read(there["person"], server).id, there["person"])
resolved = plan.goal[0].resolved(goal.Goal)
same("a reference that is followed", resolved.id, there["goal"])
first = goal.Goal(server.request_json(f"Goal/{there['goal']}/_history/1"))
same("first version", (first.meta.versionId, first.note), ("1", None))
history, path = [], f"Goal/{there['goal']}/_history?_count=3"
while path:
    page = bundle.Bundle(server.request_json(path))
    history += [entry.resource.meta.versionId for entry in page.entry]
    path = next((link.url for link in page.link if link.relation == "next"), None)
same("history", history, [str(version) for version in range(there["goal_versions"], 0, -1)])
