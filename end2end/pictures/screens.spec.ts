import { type Page } from "@playwright/test";
import { OTHERS, acquaint, asCoordinator, awake, connect, goalForm, item, launchOf, onPlan, openAsClinician, openGoal, sources } from "../support/accord";
import { settleTargets, takeBack } from "../support/deciding";
import { expect, test } from "../support/test";

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Takes a screen wide, on a phone, dark, and as it prints. */
async function take(page: Page, name: string): Promise<void> {
  const picture = (kind: string) => page.screenshot({ path: `screenshots/${name}-${kind}.png`, fullPage: true });
  await page.setViewportSize(WIDE);
  await picture("wide");
  await page.emulateMedia({ colorScheme: "dark" });
  await picture("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(PHONE);
  await picture("phone");
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ media: "print" });
  await picture("print");
  await page.emulateMedia({ media: "screen" });
}

test("start, sign-in, error", async ({ page, watch }) => {
  watch.excuse(/status of 404/);
  for (const [name, address] of [["start", "/"], ["sign-in", "/sign-in"], ["sign-in-panel", "/sign-in?for=panel"], ["panel-signed-out", "/panel"], ["not-found", "/nothing-here"]] as const) {
    await page.goto(address);
    await awake(page);
    await take(page, name);
  }
});

test("plan, goal, sources", async ({ page, sandbox }) => {
  await page.setViewportSize(WIDE);
  await openAsClinician(page, /Marisol/);
  await awake(page);
  await take(page, "plan-one-record");
  await openGoal(page, "HbA1c below 7.0 %");
  await take(page, "goal");
  const form = goalForm(page);
  await form.value.fill("about seven");
  await form.save.click();
  await expect(form.told).toContainText("Not saved");
  await take(page, "goal-refused");
  await page.getByRole("link", { name: "Back to the plan" }).click();
  for (const ehr of OTHERS.slice(0, 2)) await connect(page, ehr);
  await awake(page);
  await item(page, "Goals", "HbA1c below 7.0 %").getByRole("link", { name: /^HbA1c/ }).click();
  await take(page, "plan-three-records");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: /^Reconcile/ }).click();
  await awake(page);
  await take(page, "reconcile");
  await settleTargets(page, "What Nephrology Associates says", "Low sugar at night; she lives alone.", () => take(page, "reconcile-deciding"));
  await take(page, "reconcile-settled");
  await takeBack(page, "Only for a picture.");
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Care plan" }).click();
  await acquaint(page, "HomeHealth Plus");
  await sandbox.fault("HomeHealth Plus", "status-500");
  await connect(page, "HomeHealth Plus");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("group", { name: "Not the whole picture" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await take(page, "plan-failed-record");
  await page.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  await awake(page);
  await take(page, "sources");
  await page.getByRole("button", { name: "Sign out" }).click();
  await take(page, "signed-out");
});

test("providers, the question who it is, the page that takes a record out", async ({ page }) => {
  await page.setViewportSize(WIDE);
  await openAsClinician(page, /Marisol/);
  const launch = launchOf(page);
  await page.goto(`${launch}/connect`);
  await awake(page);
  await take(page, "providers");
  await page.getByRole("searchbox", { name: "Find a place by its name, city or portal" }).fill("kidney");
  await page.getByRole("button", { name: "Search" }).click();
  await take(page, "providers-found");
  await page.goto(`${launch}/plan`);
  await sources(page).getByRole("link", { name: "Connect Nephrology Associates" }).click();
  await page.getByRole("region", { name: "Clinicians" }).getByRole("button").first().click();
  await page.getByRole("button", { name: /KEALOHA/i }).click();
  await awake(page);
  await take(page, "who-is-it");
  await page.getByRole("button", { name: "Give this answer" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Choose one of the answers" })).toBeVisible();
  await take(page, "who-is-it-refused");
  await page.getByLabel("No, not the same").check();
  await page.getByRole("button", { name: "Give this answer" }).click();
  await expect(page).toHaveURL(/\/sources/);
  await page.goto(`${launch}/plan`);
  await connect(page, "University Hospital");
  await page.goto(`${launch}/sources`);
  await page.getByRole("region", { name: "University Hospital" }).getByRole("link", { name: /^This is not the same person/ }).click();
  await awake(page);
  await take(page, "take-out");
});

test("the warning before the session ends", async ({ page }) => {
  await page.setViewportSize(WIDE);
  await page.clock.install();
  await openAsClinician(page, /Marisol/);
  await awake(page);
  await page.route("**/session", (route) => route.fulfill({ json: { left: 240, extendable: true, words: "Signed in until 12:00" } }));
  await page.clock.fastForward("56:00");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await take(page, "session-warning");
});

test("sharing and the panel", async ({ page, browser, contextOptions, watch }) => {
  watch.excuse(/status of 403/);
  await page.setViewportSize(WIDE);
  const desk = await (await browser.newContext(contextOptions)).newPage();
  await asCoordinator(desk, "Tamsin Okoro");
  await awake(desk);
  await take(desk, "panel-empty");
  await page.goto("/");
  await page.getByRole("link", { name: "Open as patient" }).click();
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name: /Loan/ }).click();
  await onPlan(page);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Sharing" }).click();
  await awake(page);
  await take(page, "sharing");
  await page.getByRole("button", { name: /^Share with the care team ?: Valley Primary Care/ }).click();
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name: /Loan/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "is allowed now" })).toBeVisible();
  await take(page, "sharing-shared");
  await desk.goto("/panel");
  await awake(desk);
  await take(desk, "panel");
  await desk.goto("/panel?q=zebra");
  await awake(desk);
  await take(desk, "panel-nobody-found");
  await desk.goto("/panel");
  await desk.getByRole("button", { name: /^Open plan/ }).click();
  await onPlan(desk);
  await awake(desk);
  await take(desk, "plan-coordinator");
  await desk.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Sharing" }).click();
  await awake(desk);
  await take(desk, "sharing-seen-by-coordinator");
  await desk.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Care plan" }).click();
  await onPlan(desk);
  await page.getByRole("button", { name: /^Take it back/ }).click();
  await expect(desk.getByRole("heading", { level: 1, name: "This record is not shared any more" })).toBeVisible();
  await take(desk, "not-shared-any-more");
  await desk.context().close();
});

test("the patient's plan", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as patient" }).click();
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name: /Loan/ }).click();
  await onPlan(page);
  await awake(page);
  await take(page, "plan-patient");
});
