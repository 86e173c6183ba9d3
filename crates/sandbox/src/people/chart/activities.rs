//! What is planned: service requests, diets, appointments, tasks.

use jiff::civil::Date;
use serde_json::json;

use super::Chart;
use super::draft::{Draft, to};
use crate::people::terms::Term;

impl Chart {
    /// An active order for a service.
    pub fn service_request(&self, key: &str, term: Term, requester: &str, authored: Date) -> Draft {
        self.draft("ServiceRequest", key)
            .with("status", "active")
            .with("intent", "order")
            .coded("code", term)
            .with("subject", to("Patient/me"))
            .with("authoredOn", self.place.moment(authored))
            .with("requester", to(requester))
    }

    /// An active diet order.
    pub fn nutrition_order(&self, key: &str, diet: Term, orderer: &str, on: Date, instruction: &str) -> Draft {
        let kind = self.place.concept(diet);
        self.draft("NutritionOrder", key)
            .with("status", "active")
            .with("intent", "order")
            .with("patient", to("Patient/me"))
            .with("dateTime", self.place.moment(on))
            .with("orderer", to(orderer))
            .with("oralDiet", json!({ "type": [kind], "instruction": instruction }))
    }

    /// A booked appointment of half an hour.
    pub fn appointment(&self, key: &str, description: &str, with: &str, on: Date) -> Draft {
        self.draft("Appointment", key)
            .with("status", "booked")
            .with("description", description)
            .with("start", format!("{on}T18:00:00Z"))
            .with("end", format!("{on}T18:30:00Z"))
            .add("participant", json!({ "actor": to("Patient/me"), "status": "accepted" }))
            .add("participant", json!({ "actor": to(with), "status": "accepted" }))
    }

    /// A task that somebody has taken on.
    pub fn task(&self, key: &str, description: &str, owner: &str, authored: Date, due: Date) -> Draft {
        self.draft("Task", key)
            .with("status", "in-progress")
            .with("intent", "plan")
            .with("description", description)
            .with("for", to("Patient/me"))
            .with("authoredOn", self.place.moment(authored))
            .with("owner", to(owner))
            .with("restriction", json!({ "period": { "end": due.to_string() } }))
    }

    /// A request to tell the person something.
    pub fn communication_request(&self, key: &str, message: &str, sender: &str, authored: Date) -> Draft {
        self.draft("CommunicationRequest", key)
            .with("status", "active")
            .with("subject", to("Patient/me"))
            .with("payload", json!([{ "contentString": message }]))
            .with("authoredOn", self.place.moment(authored))
            .with("requester", to(sender))
    }
}

impl Draft {
    /// Sets the status element of a request or event.
    pub fn status(self, code: &str) -> Self {
        self.with("status", code)
    }

    /// Sets who carries it out.
    pub fn performed_by(self, reference: &str) -> Self {
        self.add("performer", to(reference))
    }

    /// Sets when a service is to take place.
    pub fn planned_for(self, date: Date) -> Self {
        let text = self.place.history(date);
        self.with("occurrenceDateTime", text)
    }

    /// Names the order that this fulfils.
    pub fn based_on(self, reference: &str) -> Self {
        self.add("basedOn", to(reference))
    }
}
