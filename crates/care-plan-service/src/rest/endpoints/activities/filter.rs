//! Which activities.

use jiff::civil::Date;
use schemars::json_schema;
use shared_plan::Id;
use shared_plan::plan::{Activity, ActivityStatus, Member, Plan};

use crate::rest::Problem;
use crate::rest::asked::{Parameter, Params};
use crate::rest::endpoints::choosing::{day, words};

/// The states that are asked for.
pub(super) const STATUS: Parameter = Parameter {
    name: "status",
    about: "Activities in one of these states only, with commas between.",
    schema: |_| {
        let code = ActivityStatus::ALL.map(ActivityStatus::code).join("|");
        json_schema!({ "type": "string", "pattern": format!("^({code})(,({code}))*$") })
    },
    required: false,
};

/// Who is to do them.
pub(super) const ASSIGNED_TO: Parameter = Parameter {
    name: "assigned_to",
    about: "Activities of this one only: a member's id, `source|Type/id` of who they are at a source, or `nobody`.",
    schema: |_| {
        let at_a_source = r"[^|]+\|[A-Za-z]+/[A-Za-z0-9.-]{1,64}";
        json_schema!({ "type": "string", "pattern": format!("^([0-9a-f]{{32}}|{at_a_source}|nobody)$") })
    },
    required: false,
};

/// Which activities.
pub(super) struct ActivityFilter {
    statuses: Vec<ActivityStatus>,
    assigned_to: Option<AssignedTo>,
    due_before: Option<Date>,
}

/// Who is to do them.
enum AssignedTo {
    Nobody,
    Member(Id<Member>),
    AtSource { source: String, kind: String, id: String },
}

impl ActivityFilter {
    pub(super) fn read(params: &mut Params) -> Result<Self, Problem> {
        let expected = "a member's id, source|Type/id, or nobody";
        Ok(Self {
            statuses: params.read("status", "states of activities with commas between", words)?.unwrap_or_default(),
            assigned_to: params.read("assigned_to", expected, AssignedTo::parse)?,
            due_before: params.read("due_before", "a day", day)?,
        })
    }

    /// True where an activity of a plan is one of those.
    pub(super) fn chooses(&self, plan: &Plan, activity: &Activity) -> bool {
        (self.statuses.is_empty() || self.statuses.contains(&activity.status))
            && self.assigned_to.as_ref().is_none_or(|whom| whom.has(plan, activity))
            && self.due_before.is_none_or(|day| activity.due().is_some_and(|due| due < day))
    }
}

impl AssignedTo {
    fn parse(text: &str) -> Option<Self> {
        if text == "nobody" {
            return Some(Self::Nobody);
        }
        if let Some(member) = Id::parse(text) {
            return Some(Self::Member(member));
        }
        let (source, name) = text.rsplit_once('|').filter(|(source, _)| !source.is_empty())?;
        let (kind, id) = name.split_once('/')?;
        let is_kind = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_id = (1..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        let (source, kind, id) = (source.to_owned(), kind.to_owned(), id.to_owned());
        (is_kind && is_id).then_some(Self::AtSource { source, kind, id })
    }

    fn has(&self, plan: &Plan, activity: &Activity) -> bool {
        match self {
            Self::Nobody => activity.assigned.is_none(),
            Self::Member(member) => activity.assigned == Some(*member),
            Self::AtSource { source, kind, id } => {
                let who = activity.assigned.and_then(|member| plan.member(member));
                who.and_then(|who| who.content.resource.as_ref())
                    .is_some_and(|at| (&at.source, &at.kind, &at.id) == (source, kind, id))
            }
        }
    }
}
