//! Care plans and care teams.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Chart;
use super::draft::{Draft, to};
use crate::people::place::Place;
use crate::people::terms::{CARE_PLAN, Term};

impl Chart {
    /// An active care plan (US Core category `assess-plan`) that began on a day and has no end yet.
    pub fn care_plan(&self, key: &str, title: &str, began: Date) -> Draft {
        let assess_plan = json!({ "coding": [{
            "system": "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "code": "assess-plan",
        }] });
        let mut category = vec![assess_plan];
        if self.place != Place::HomeHealth {
            category.push(self.place.concept(CARE_PLAN));
        }
        self.draft("CarePlan", key)
            .with("status", "active")
            .with("intent", "plan")
            .with("category", category)
            .with("title", title)
            .with("subject", to("Patient/me"))
            .with("period", json!({ "start": self.place.history(began) }))
    }

    /// An active care team of members with their roles.
    pub fn care_team(&self, key: &str, name: &str, members: &[(Term, &str)]) -> Draft {
        let participant =
            |&(role, member): &(Term, &str)| json!({ "role": [self.place.concept(role)], "member": to(member) });
        self.draft("CareTeam", key)
            .with("status", "active")
            .with("name", name)
            .with("subject", to("Patient/me"))
            .with("participant", members.iter().map(participant).collect::<Vec<_>>())
    }

    /// A progress note for [`Draft::activity`].
    pub fn progress(&self, author: &str, on: Date, text: &str) -> Value {
        json!({ "authorReference": to(author), "time": self.place.moment(on), "text": text })
    }
}

impl Draft {
    /// Names a goal of the whole plan.
    pub fn goal(self, goal: &str) -> Self {
        self.add("goal", to(goal))
    }

    /// Names the plan's care team.
    pub fn team(self, team: &str) -> Self {
        self.add("careTeam", to(team))
    }

    /// Names a part of the record that shaped the plan.
    pub fn supporting(self, reference: &str) -> Self {
        self.add("supportingInfo", to(reference))
    }

    /// Names who has a part in the plan.
    pub fn contributor(self, reference: &str) -> Self {
        self.add("contributor", to(reference))
    }

    /// Says who keeps the plan (MCC extension `custodian`).
    pub fn custodian(self, reference: &str) -> Self {
        let url = "http://hl7.org/fhir/us/mcc/StructureDefinition/custodian";
        self.add("extension", json!({ "url": url, "valueReference": to(reference) }))
    }

    /// Adds a planned activity with what came of it and how it goes.
    pub fn activity(self, planned: &str, performed: &[&str], progress: &[Value]) -> Self {
        let mut activity = json!({});
        if !performed.is_empty() {
            activity["outcomeReference"] = performed.iter().map(|reference| to(reference)).collect();
        }
        if !progress.is_empty() {
            activity["progress"] = Value::Array(progress.to_vec());
        }
        activity["reference"] = to(planned);
        self.add("activity", activity)
    }

    /// Adds something that was done without having been planned.
    pub fn performed(self, performed: &str) -> Self {
        self.add("activity", json!({ "outcomeReference": [to(performed)] }))
    }

    /// Adds an activity written into the plan itself (R4 `activity.detail`, which MCC forbids and plans still carry).
    pub fn detail(self, status: &str, description: &str, goals: &[&str]) -> Self {
        let goals: Vec<Value> = goals.iter().map(|goal| to(goal)).collect();
        let mut detail = json!({ "status": status, "description": description });
        if !goals.is_empty() {
            detail["goal"] = Value::Array(goals);
        }
        self.add("activity", json!({ "detail": detail }))
    }
}
