//! What every section of a launch needs to draw: the picture, the words, the names of the sources, what is lit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use access::Role;
use care_plan::plan::{Basis, Demographics, IssueId, Item, ItemId, Member};
use care_plan::snapshot::Record;
use care_plan::{ConsolidatedPlan, Snapshot};
use fhir::{FhirDate, ResourceKey, SourceId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::show::Show;
use super::sought::{Searched, Sought};
use crate::desk::kept::Kept;
use crate::desk::shared_plan::SharedPlanDoor;
use crate::desk::{LaunchDesk, Picture, RegisteredSource, Sighting};
use crate::pages::PlanQuery;
use crate::parts::Badge;
use crate::words::{DateStyle, Reader, Words, words};

/// Everything a section draws from. Cheap to clone.
#[derive(Clone)]
pub struct Look(Arc<Inner>);

struct Inner {
    words: Words,
    launch: String,
    query: PlanQuery,
    now: Timestamp,
    zone: TimeZone,
    dates: DateStyle,
    reader: Reader,
    role: Role,
    shared_plan: SharedPlanDoor,
    kept: Kept,
    picture: Picture,
    sources: Vec<RegisteredSource>,
    home: SourceId,
    sightings: BTreeMap<SourceId, Sighting>,
    /// Mark of each source, and where it stands in lists.
    badges: BTreeMap<SourceId, (usize, Badge)>,
    titles: BTreeMap<ItemId, String>,
    lit: Option<(ItemId, BTreeSet<ItemId>)>,
    sought: Sought,
}

/// How a card stands to the thread that is lit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lit {
    /// Nothing is lit.
    Nothing,
    /// The item that was chosen.
    Chosen,
    /// On the thread.
    On,
    /// Off the thread.
    Off,
}

impl Look {
    /// Looks at a picture of the desk's launch.
    pub fn of(desk: &dyn LaunchDesk, picture: Picture, query: &PlanQuery) -> Self {
        let (mut sources, home) = (desk.sources(), desk.home());
        let mut badges = BTreeMap::new();
        let known = sources.iter().map(|registered| &registered.source);
        for source in known.chain(picture.snapshot.records.iter().map(|record| &record.source)) {
            // The colour goes by the configuration alone, so that a source looks the same in every launch.
            let place = badges.len();
            let order = if source.id == home { 0 } else { place + 1 };
            let badge = Badge { name: source.name.clone(), tag: source.tag.clone(), place };
            badges.entry(source.id.clone()).or_insert((order, badge));
        }
        sources.sort_by_key(|registered| badges[&registered.source.id].0);
        let seen = sources.iter().filter_map(|one| Some((one.source.id.clone(), desk.sighting(&one.source.id)?)));
        let sightings = seen.collect();
        let plan = &picture.plan;
        let titles: BTreeMap<ItemId, String> = items(plan).map(|item| (item.id.clone(), item.title.clone())).collect();
        let chosen = query.item.clone().map(ItemId).filter(|id| titles.contains_key(id));
        let lit = chosen.map(|id| (id.clone(), plan.thread(&id)));
        Self(Arc::new(Inner {
            words: words(),
            launch: desk.launch().to_string(),
            query: query.clone(),
            now: desk.now(),
            zone: desk.time_zone().clone(),
            dates: DateStyle::of(desk.viewer().role),
            reader: Reader::of(desk.viewer().role),
            role: desk.viewer().role,
            shared_plan: desk.shared_plan(),
            kept: desk.kept(),
            sources,
            home,
            sightings,
            badges,
            titles,
            lit,
            sought: Sought::parse(query.q.as_deref()),
            picture,
        }))
    }

    /// The words.
    pub fn words(&self) -> Words {
        self.0.words
    }

    /// Who reads.
    pub fn reader(&self) -> Reader {
        self.0.reader
    }

    /// In which role.
    pub fn role(&self) -> Role {
        self.0.role
    }

    /// Whether there is a shared plan to go to.
    pub fn shared_plan(&self) -> SharedPlanDoor {
        self.0.shared_plan
    }

    /// What people settled and edited here, and what the viewer may do with it.
    pub fn kept(&self) -> &Kept {
        &self.0.kept
    }

    /// The plan.
    pub fn plan(&self) -> &ConsolidatedPlan {
        &self.0.picture.plan
    }

    /// What the plan was made of.
    pub fn snapshot(&self) -> &Snapshot {
        &self.0.picture.snapshot
    }

    /// The picture.
    pub fn picture(&self) -> &Picture {
        &self.0.picture
    }

    /// The source that the launch was made from.
    pub fn home(&self) -> &SourceId {
        &self.0.home
    }

    /// What came of looking for the person at a source, where somebody looked.
    pub fn sighting(&self, source: &SourceId) -> Option<&Sighting> {
        self.0.sightings.get(source)
    }

    /// Where a source stands in lists: the launch's own first, then the order of the configuration.
    pub fn order(&self, source: &SourceId) -> usize {
        self.0.badges.get(source).map_or(usize::MAX, |(order, _)| *order)
    }

    /// The records in the order of [`Look::order`].
    pub fn records(&self) -> Vec<&Record> {
        let mut records: Vec<&Record> = self.snapshot().records.iter().collect();
        records.sort_by_key(|record| self.order(&record.source.id));
        records
    }

    /// The person as each source describes them, in the order of [`Look::order`].
    pub fn people(&self) -> Vec<&Demographics> {
        let mut people: Vec<&Demographics> = self.plan().people.iter().collect();
        people.sort_by_key(|person| self.order(&person.source));
        people
    }

    /// The registered sources in the order of [`Look::order`].
    pub fn sources(&self) -> &[RegisteredSource] {
        &self.0.sources
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.0.now
    }

    /// The tenant's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.0.zone
    }

    /// The tenant's day.
    pub fn today(&self) -> Date {
        self.0.now.to_zoned(self.0.zone.clone()).date()
    }

    /// A date in words, as the user reads dates.
    pub fn date(&self, date: &FhirDate) -> String {
        self.words().date(date, &self.0.zone, self.0.dates)
    }

    /// The tenant's day of a moment, as [`Look::date`].
    pub fn day(&self, at: Timestamp) -> String {
        self.words().day(at.to_zoned(self.0.zone.clone()).date(), self.0.dates)
    }

    /// The tenant's day and time of day of a moment.
    pub fn moment(&self, at: Timestamp) -> String {
        let at = at.to_zoned(self.0.zone.clone());
        self.words().moment(at.date(), at.time(), self.0.dates)
    }

    /// A whole day, as [`Look::date`].
    pub fn on(&self, day: Date) -> String {
        self.words().day(day, self.0.dates)
    }

    /// How long ago a moment was, as [`Look::date`].
    pub fn ago(&self, then: Timestamp) -> String {
        self.words().ago(then, self.0.now, &self.0.zone, self.0.dates)
    }

    /// Mark of a source; one that nobody registered is shown by its id.
    pub fn badge(&self, source: &SourceId) -> Badge {
        self.0.badges.get(source).map(|(_, badge)| badge.clone()).unwrap_or_else(|| Badge {
            name: source.to_string(),
            tag: source.to_string(),
            place: 7,
        })
    }

    /// Marks of several sources, each once, in the order of [`Look::order`].
    pub fn badges<'a>(&self, sources: impl Iterator<Item = &'a SourceId>) -> Vec<Badge> {
        let mut sources: Vec<&SourceId> = sources.collect::<BTreeSet<_>>().into_iter().collect();
        sources.sort_by_key(|source| self.order(source));
        sources.into_iter().map(|source| self.badge(source)).collect()
    }

    /// Where to sign in at a source.
    pub fn connect(&self, source: &SourceId) -> Option<String> {
        self.0.sources.iter().find(|registered| &registered.source.id == source)?.connect.clone()
    }

    /// Title of an item.
    pub fn title(&self, item: &ItemId) -> Option<&str> {
        self.0.titles.get(item).map(String::as_str)
    }

    /// An item of the four columns.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        items(self.plan()).find(|item| item.id == *id)
    }

    /// The member of an item, or of an allergy, that a resource is.
    pub fn member(&self, key: &ResourceKey) -> Option<&Member> {
        let allergies = self.plan().allergy_items.iter().map(|allergy| &allergy.item);
        items(self.plan()).chain(allergies).flat_map(|item| &item.members).find(|member| member.key == *key)
    }

    /// What a resource calls the item that it is a member of.
    pub fn called(&self, key: &ResourceKey) -> Option<&str> {
        let plan = self.plan();
        fn of<'a>(item: &Item, titles: Vec<&'a str>, key: &ResourceKey) -> Option<&'a str> {
            item.members.iter().zip(titles).find(|(member, _)| member.key == *key).map(|(_, title)| title)
        }
        (plan
            .concerns
            .iter()
            .find_map(|one| of(&one.item, one.statements.iter().map(|said| &*said.title).collect(), key)))
        .or_else(|| {
            plan.goals
                .iter()
                .find_map(|one| of(&one.item, one.statements.iter().map(|said| &*said.title).collect(), key))
        })
        .or_else(|| {
            plan.interventions
                .iter()
                .find_map(|one| of(&one.item, one.statements.iter().map(|said| &*said.title).collect(), key))
        })
    }

    /// An address of this launch.
    pub fn path(&self, place: &str) -> String {
        format!("/l/{}/{place}", self.0.launch)
    }

    /// What the address of the plan says after its path: the item that is lit, the statuses shown, the words sought.
    pub fn address_words(&self, item: Option<&ItemId>, show: Show, sought: bool) -> String {
        let item = item.map(|id| format!("item={}", encoded(&id.0)));
        let sought = Some(self.sought()).filter(|text| sought && !text.is_empty());
        let sought = sought.map(|text| format!("q={}", encoded(text)));
        let words: Vec<String> =
            [item, show.word().map(|word| format!("show={word}")), sought].into_iter().flatten().collect();
        if words.is_empty() { String::new() } else { format!("?{}", words.join("&")) }
    }

    /// Address of the plan with an item lit; choosing the lit item again puts its light out.
    pub fn item_href(&self, item: &ItemId) -> String {
        let lit = Some(item).filter(|_| self.lit(item) != Lit::Chosen);
        let words = self.address_words(lit, self.show(), true);
        format!("{}{words}#{}", self.path("plan"), encoded(&item.0))
    }

    /// Address of a goal's own page.
    pub fn goal_href(&self, item: &ItemId) -> String {
        self.path(&format!("goals/{}", encoded(&item.0)))
    }

    /// Address of the plan under a filter.
    pub fn filter_href(&self, show: Show) -> String {
        self.path("plan") + &self.address_words(self.lit_item(), show, true)
    }

    /// The item that is lit.
    pub fn lit_item(&self) -> Option<&ItemId> {
        self.0.lit.as_ref().map(|(id, _)| id)
    }

    /// The words that entries shown must hold, as they were typed; empty where there is no such filter.
    pub fn sought(&self) -> &str {
        self.0.sought.text()
    }

    /// True where an entry holds the words that are sought.
    pub fn finds(&self, entry: &impl Searched) -> bool {
        self.0.sought.is_in(entry)
    }

    /// Which items are shown.
    pub fn show(&self) -> Show {
        Show::of(self.0.query.show.as_deref())
    }

    /// Address of an issue's place on the page of differences and gaps.
    pub fn issue_href(&self, issue: &IssueId) -> String {
        format!("{}#{}", self.path("reconcile"), encoded(&issue.0))
    }

    /// How an item stands to the thread that is lit.
    pub fn lit(&self, item: &ItemId) -> Lit {
        match &self.0.lit {
            None => Lit::Nothing,
            Some((chosen, _)) if chosen == item => Lit::Chosen,
            Some((_, thread)) if thread.contains(item) => Lit::On,
            Some(_) => Lit::Off,
        }
    }

    /// Items that an item leads to: those a source states, then those we joined.
    pub fn leads_to(&self, item: &ItemId) -> (Vec<ItemId>, Vec<ItemId>) {
        let down = || self.plan().links.iter().filter(|link| &link.from == item);
        let stated: BTreeSet<ItemId> =
            down().filter(|link| matches!(link.basis, Basis::Stated(_))).map(|link| link.to.clone()).collect();
        let inferred = down().filter(|link| matches!(link.basis, Basis::Inferred(_))).map(|link| link.to.clone());
        let inferred: BTreeSet<ItemId> = inferred.filter(|id| !stated.contains(id)).collect();
        (stated.into_iter().collect(), inferred.into_iter().collect())
    }

    /// What leads to an item without a source stating it: title and how we joined it.
    pub fn inferred_to(&self, item: &ItemId) -> Vec<(String, String)> {
        let links = self.plan().links.iter().filter(|link| &link.to == item);
        let told = links.filter_map(|link| match &link.basis {
            Basis::Inferred(how) => Some((self.title(&link.from)?.to_owned(), how.clone())),
            Basis::Stated(_) => None,
        });
        told.collect()
    }
}

/// The items of the four columns.
fn items(plan: &ConsolidatedPlan) -> impl Iterator<Item = &Item> {
    (plan.concerns.iter().map(|concern| &concern.item))
        .chain(plan.goals.iter().map(|goal| &goal.item))
        .chain(plan.interventions.iter().map(|intervention| &intervention.item))
        .chain(plan.outcomes.iter().map(|outcome| &outcome.item))
}

/// A word of an address: everything but letters, digits and `-._~` as `%XX`.
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
