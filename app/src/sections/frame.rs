//! What stands around every page of a launch: whose plan it is, and where one can go.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use leptos::prelude::*;

use super::allergies::allergies;
use super::issue_count::issue_count;
use super::look::Look;
use super::person::person;
use super::session_end::session_watch;
use super::source_list::source_list;
use super::unsettled::unsettled;
use super::user::user;
use crate::desk::{LaunchDesk, Picture};
use crate::islands::SharedWatch;
use crate::pages::PlanQuery;
use crate::words::{DateStyle, words};

/// How long a page waits for the sources before it shows what has arrived.
const BUDGET: Duration = Duration::from_millis(1500);
/// How long the banner waits for the first source that says who the person is.
const PERSON_BUDGET: Duration = Duration::from_millis(1000);

/// Pages that one can go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The plan.
    Plan,
    /// The shared plan.
    SharedPlan,
    /// The differences and gaps.
    Reconcile,
    /// The sources.
    Sources,
    /// What is shared.
    Sharing,
    /// A page below the plan.
    Below,
}

/// The picture that the late parts of a page share: asked for once, from the moment the page begins.
#[derive(Clone)]
pub struct Late(Shared<BoxFuture<'static, Picture>>);

impl Late {
    /// Begins to wait for the sources.
    pub fn begin(desk: Arc<dyn LaunchDesk>) -> Self {
        let glance = desk.clone();
        let waiting = tokio::spawn(async move { desk.picture(BUDGET).await });
        Self(async move { waiting.await.unwrap_or_else(|_| glance.glance()) }.boxed().shared())
    }

    /// The picture, when all sources are done or the budget is used up.
    pub async fn picture(self) -> Picture {
        self.0.await
    }
}

/// Draws the banner, the sources and the navigation, then the page: what could not be read is said on every page. The banner leaves as soon as one source has said who it is; the
/// allergies and the page follow with the late picture.
#[component]
pub fn Frame(
    /// The page that is open.
    tab: Tab,
    /// The picture that the page waits for.
    late: Late,
    /// What the address says.
    query: PlanQuery,
    children: Children,
) -> impl IntoView {
    let desk = expect_context::<Arc<dyn LaunchDesk>>();
    let words = words();
    let viewer = desk.viewer().clone();
    let path = |place: &str| format!("/l/{}/{place}", desk.launch());
    let role = words.role(viewer.role);
    let name = viewer.name.unwrap_or_else(|| role.to_owned());
    let quiet = !matches!(tab, Tab::Plan | Tab::Sources);
    let at = desk.now().to_zoned(desk.time_zone().clone());
    let drawn = words.drawn(&words.moment(at.date(), at.time(), DateStyle::of(viewer.role)), desk.tenant_name());
    let current = |its: Tab| (its == tab).then_some("page");
    let class = if desk.needs_banner() { "banner" } else { "banner banner--compact" };
    let (early_desk, late_desk, early_query, late_query) = (desk.clone(), desk.clone(), query.clone(), query);
    let (sources_desk, late_sources, sources_query) = (desk.clone(), late.clone(), late_query.clone());
    let (waiting_desk, waiting_query) = (desk.clone(), late_query.clone());
    let session_address = path("session");
    let (count_desk, late_count, count_query) = (desk.clone(), late.clone(), late_query.clone());
    let reconcile_href = path("reconcile");
    let (plan_href, sources_href, sharing_href) = (path("plan"), path("sources"), path("sharing"));
    let shared_plan = desk.shared_plan().leads_somewhere().then(|| {
        view! { <a href=path("shared-plan") aria-current=current(Tab::SharedPlan)>{words.shared_plan()}</a> }
    });
    // What is shared with the care team can be taken back at any moment.
    let shared_watch = desk.is_from_panel().then(|| view! { <SharedWatch revision=path("revision")/> });
    let panel = desk.is_from_panel().then(|| view! { <a class="tabs__back" href="/panel">{words.panel_back()}</a> });
    view! {
        <a class="skip" href="#main">{words.skip()}</a>
        <header class=class>
            <Suspense fallback=|| ()>
                {Suspend::new(async move {
                    let picture = early_desk.person(PERSON_BUDGET).await;
                    person(&Look::of(&*early_desk, picture, &early_query))
                })}
            </Suspense>
            <Suspense fallback=|| ()>
                {Suspend::new(async move {
                    let picture = late.picture().await;
                    allergies(&Look::of(&*late_desk, picture, &late_query))
                })}
            </Suspense>
            {user(name, role)}
        </header>
        <p class="drawn">{drawn}</p>
        <Suspense fallback=|| ()>
            {Suspend::new(async move {
                let picture = late_sources.picture().await;
                source_list(&Look::of(&*sources_desk, picture, &sources_query), quiet)
            })}
        </Suspense>
        <Suspense fallback=|| ()>
            {Suspend::new(async move {
                let waiting = waiting_desk.unsettled().await;
                unsettled(&Look::of(&*waiting_desk, waiting_desk.glance(), &waiting_query), waiting)
            })}
        </Suspense>
        <nav class="tabs" aria-label=words.pages()>
            <a href=plan_href aria-current=current(Tab::Plan)>{words.care_plan()}</a>
            <a href=reconcile_href aria-current=current(Tab::Reconcile)>
                {words.reconcile()}
                <Suspense fallback=|| ()>
                    {Suspend::new(async move {
                        let picture = late_count.picture().await;
                        issue_count(&Look::of(&*count_desk, picture, &count_query))
                    })}
                </Suspense>
            </a>
            {shared_plan}
            <a href=sources_href aria-current=current(Tab::Sources)>{words.sources()}</a>
            <a href=sharing_href aria-current=current(Tab::Sharing)>{words.sharing()}</a>
            {panel}
        </nav>
        <main id="main" tabindex="-1">{children()}</main>
        {session_watch(session_address)}
        {shared_watch}
    }
}
