//! The team.

use jiff::civil::date;
use shared_plan::Version;
use shared_plan::commands::{MAX_PARTS, add_member, change_member};
use shared_plan::plan::{MemberContent, Period};

use crate::world::*;

#[test]
fn somebody_joins_the_team() {
    let world = World::default();
    let by = coordinator();
    let plan = draft(&world);
    let joined = add_member(&plan, a_member("Cem Aydin"), &world.act(&by, None));
    assert_eq!(outcome(&joined), "v2: plan-revised of a part -");
    let joined = joined.unwrap().plan;
    assert_eq!((joined.team.members.len(), joined.team.version), (3, Version(2)));
    assert_eq!(outcome(&add_member(&plan, a_member(""), &world.act(&by, None))), "/name empty");
    let mut full = plan.clone();
    full.team.members = vec![plan.team.members[0].clone(); MAX_PARTS];
    assert_eq!(outcome(&add_member(&full, a_member("One more"), &world.act(&by, None))), " too-long");
}

#[test]
fn who_leaves_stays_known() {
    let world = World::default();
    let by = coordinator();
    let plan = draft(&world);
    let period = Period { start: None, end: Some(TODAY) };
    let left =
        change_member(&plan, member(&plan, 0), MemberContent { period, ..a_member("Ana Ruiz") }, &world.act(&by, None));
    assert_eq!(outcome(&left), "v2: plan-revised of a part -");
    assert_eq!(left.unwrap().plan.team.members.len(), 2);
    let same = change_member(&plan, member(&plan, 0), a_member("Ana Ruiz"), &world.act(&by, None));
    assert_eq!(outcome(&same), "nothing would change");
    let backwards = Period { start: Some(TODAY), end: Some(date(2026, 1, 1)) };
    let content = MemberContent { period: backwards, ..a_member("Ana Ruiz") };
    let refused = change_member(&plan, member(&plan, 0), content, &world.act(&by, None));
    assert_eq!(outcome(&refused), "/period/end end-before-start");
    let nowhere = change_member(&plan, nobody(), a_member("B"), &world.act(&by, None));
    assert_eq!(outcome(&nowhere), "the plan has no such member");
}
