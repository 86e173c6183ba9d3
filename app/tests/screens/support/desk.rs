//! A desk that answers at once.

use std::time::Duration;

use access::{LaunchId, Role, Viewer};
use app::desk::kept::Kept;
use app::desk::shared_plan::SharedPlanDoor;
use app::desk::{
    Answer, GoalAnswer, GoalFields, GoalForm, GoalMember, GoalSheet, Keeps, LaunchDesk, NotKept, Picture,
    RegisteredSource, member_name,
};
use app::unsettled::Unsettled;
use app::who::Ties;
use async_trait::async_trait;
use care_plan::plan::{Goal, ItemId, TargetDetail};
use fhir::SourceId;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A desk over one picture.
pub struct Desk {
    pub launch: LaunchId,
    pub home: SourceId,
    pub viewer: Viewer,
    pub zone: TimeZone,
    pub banner: bool,
    pub sources: Vec<RegisteredSource>,
    pub picture: Picture,
    pub answer: Option<Answer>,
    pub ties: Ties,
    pub unit: Option<String>,
    pub door: SharedPlanDoor,
    pub kept: Kept,
    pub unsettled: Unsettled,
}

impl Desk {
    /// A clinician's desk.
    pub fn over(picture: Picture) -> Self {
        let connect = |source: &care_plan::snapshot::Source| Some(format!("/l/x/connect/{}", source.id));
        let records = picture.snapshot.records.iter().map(|record| &record.source);
        Self {
            launch: LaunchId::from_random([7; 16]),
            home: records.clone().next().map_or_else(|| SourceId::new("valley-ehr"), |source| source.id.clone()),
            viewer: Viewer { user: None, role: Role::Clinician, name: Some("Lena Park".to_owned()), fhir_user: None },
            zone: TimeZone::UTC,
            banner: true,
            sources: records
                .map(|source| RegisteredSource { connect: connect(source), source: source.clone() })
                .collect(),
            picture,
            answer: None,
            ties: Ties::default(),
            unit: None,
            door: SharedPlanDoor::None,
            kept: Kept::default(),
            unsettled: Unsettled::default(),
        }
    }

    /// The form's view of a goal.
    pub fn sheet(&self, goal: &Goal) -> GoalSheet {
        let target = goal.targets.first();
        let band =
            target.and_then(|target| if let TargetDetail::Band(band) = &target.detail { Some(band) } else { None });
        let base = GoalFields {
            achievement: goal.achievement_status.clone(),
            target_value: band.and_then(|band| band.high.or(band.low)).map(|value| value.to_string()),
            due: target.and_then(|target| target.due.as_ref()).map(ToString::to_string),
        };
        let members = goal.item.members.iter().map(|member| GoalMember {
            has_target: !goal.targets.is_empty(),
            name: member_name(&member.key),
            source: self.picture.snapshot.record(&member.key.source).expect("its record").source.clone(),
            version: member.version.clone(),
            base: base.clone(),
            target: 0,
            measure: target.and_then(|target| target.measure.as_ref()?.label().map(str::to_owned)),
            unit: self.unit.clone().or_else(|| band.map(|band| band.unit.clone())),
            locked: None,
            keeps: Keeps::No(NotKept::NotLicensed),
        });
        GoalSheet { item: goal.item.id.clone(), members: members.collect() }
    }
}

#[async_trait]
impl LaunchDesk for Desk {
    fn launch(&self) -> &LaunchId {
        &self.launch
    }
    fn home(&self) -> SourceId {
        self.home.clone()
    }
    fn viewer(&self) -> &Viewer {
        &self.viewer
    }
    fn tenant_name(&self) -> &str {
        "Valley Primary Care"
    }
    fn now(&self) -> Timestamp {
        "2026-11-21T10:00:00Z".parse().expect("a time")
    }
    fn time_zone(&self) -> &TimeZone {
        &self.zone
    }
    fn needs_banner(&self) -> bool {
        self.banner
    }
    fn sources(&self) -> Vec<RegisteredSource> {
        self.sources.clone()
    }
    fn shared_plan(&self) -> SharedPlanDoor {
        self.door
    }
    fn kept(&self) -> Kept {
        self.kept.clone()
    }
    fn glance(&self) -> Picture {
        self.picture.clone()
    }
    async fn person(&self, _: Duration) -> Picture {
        self.picture.clone()
    }
    async fn picture(&self, _: Duration) -> Picture {
        self.picture.clone()
    }
    async fn goal(&self, item: &ItemId) -> Option<GoalSheet> {
        self.picture.plan.goals.iter().find(|goal| &goal.item.id == item).map(|goal| self.sheet(goal))
    }
    async fn save_goal(&self, _: GoalForm) -> GoalAnswer {
        GoalAnswer::NothingToChange
    }
    async fn retry(&self, _: &SourceId) -> bool {
        true
    }
    async fn ties(&self) -> Ties {
        self.ties.clone()
    }
    async fn unsettled(&self) -> Unsettled {
        self.unsettled
    }
    async fn answer(&self, _: &str) -> Option<Answer> {
        self.answer.clone()
    }
}
