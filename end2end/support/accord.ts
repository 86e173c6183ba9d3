import { type BrowserContext, type Locator, type Page, expect } from "@playwright/test";
import type { Ehr } from "./sandbox";

/** The columns of the plan page. */
export const COLUMNS = ["Health concerns", "Goals", "Interventions", "Outcomes"] as const;

/** Where the first person is known besides the place that opens the plan. */
export const OTHERS: Ehr[] = ["Nephrology Associates", "University Hospital", "HomeHealth Plus"];

/** Opens a person's plan as a clinician: from the start page over the simulated EHR. The first person where none is named. */
export async function openAsClinician(page: Page, person?: RegExp): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as clinician" }).click();
  if (person) await page.getByRole("radio", { name: person }).check();
  await page.getByRole("button", { name: "Launch Accord" }).click();
  await onPlan(page);
}

/** Signs in as a care coordinator, without a person: to the panel. */
export async function asCoordinator(page: Page, name: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as coordinator" }).click();
  await page.getByRole("region", { name: "Care coordinators" }).getByRole("button", { name }).click();
  await expect(page).toHaveURL(/\/panel$/);
  await expect(page.getByRole("heading", { level: 1, name: "My panel" })).toBeVisible();
}

/** Connects one more record by signing in at its place as a clinician there and choosing the person; where the records
 * describe her differently, says that it is she. */
export async function connect(page: Page, ehr: Ehr, person = /Mari/): Promise<void> {
  await sources(page).getByRole("link", { name: `Connect ${ehr}` }).click();
  await page.getByRole("region", { name: "Clinicians" }).getByRole("button").first().click();
  await page.getByRole("button", { name: person }).click();
  await expect(page).toHaveURL(/\/l\/[0-9a-f]{32}\/(plan|confirm)/);
  if (page.url().includes("/confirm/")) {
    await page.getByLabel("Yes, the same person").check();
    await page.getByLabel("I have checked it with the person or the records").check();
    await page.getByRole("button", { name: "Give this answer" }).click();
  }
  await onPlan(page);
}

/** Makes it known whose record an EHR has of her, and leaves it unconnected: a story may then let the EHR fail. */
export async function acquaint(page: Page, ehr: Ehr): Promise<void> {
  await connect(page, ehr);
  await page.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  await page.getByRole("region", { name: ehr }).getByRole("button", { name: `Disconnect ${ehr}` }).click();
  await expect(page.getByRole("status").filter({ hasText: "is disconnected" })).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Care plan" }).click();
  await onPlan(page);
}

/** Waits for the plan page; its launch is in its address. */
export async function onPlan(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/l\/[0-9a-f]{32}\/plan/);
}

/** Waits until the islands are awake; without script there is nothing to wait for. */
export async function awake(page: Page, javaScriptEnabled = true): Promise<void> {
  if (javaScriptEnabled) await expect(page.locator("html")).toHaveAttribute("data-ready", "yes");
}

/** One of the four columns. */
export function column(page: Page, name: (typeof COLUMNS)[number]): Locator {
  return page.getByRole("region", { name, exact: true });
}

/** The item of a column that has this title, or that one of its records calls so ("this or that"). */
export function item(page: Page, name: (typeof COLUMNS)[number], title: string): Locator {
  const plain = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return column(page, name).getByRole("article", { name: new RegExp(`^(.* or )?${plain}( or .*)?$`) });
}

/** The list of sources. */
export function sources(page: Page): Locator {
  return page.getByRole("list", { name: "Sources" });
}

/** The line of one source in that list. */
export function source(page: Page, ehr: Ehr): Locator {
  return sources(page).getByRole("listitem").filter({ hasText: ehr });
}

/** The person that the page says it is about. */
export function person(page: Page): Locator {
  return page.getByRole("banner").locator(".person__name");
}

/** The launch's part of the address: `/l/…`. */
export function launchOf(page: Page): string {
  return new URL(page.url()).pathname.split("/").slice(0, 3).join("/");
}

/** Opens a goal's own page from its card. */
export async function openGoal(page: Page, title: string): Promise<void> {
  await item(page, "Goals", title).getByRole("link", { name: "Open goal" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** The form of a goal's page with what it tells. */
export function goalForm(page: Page) {
  const form = page.getByRole("region", { name: "Change this goal" });
  return {
    value: form.getByLabel("Target value"),
    due: form.getByLabel("Due date"),
    achievement: form.getByLabel("Achievement status"),
    note: form.getByLabel("Progress note to add"),
    save: form.getByRole("button", { name: /^Save at / }),
    told: form.getByRole("status"),
    conflict: form.getByRole("table"),
  };
}

/** One of two values that the field does not have now: a story may run many times on one sandbox. */
export async function another(field: Locator, one: string, two: string): Promise<string> {
  return (await field.inputValue()) === one ? two : one;
}

/** Ends the browser's session as time does: the cookie is still there, and nobody knows it any more. */
export async function endSession(context: BrowserContext, address: string): Promise<void> {
  const cookies = await context.cookies();
  const elsewhere = await context.newPage();
  await elsewhere.goto(address);
  await elsewhere.getByRole("button", { name: "Sign out" }).click();
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText("You are signed out");
  await elsewhere.close();
  await context.addCookies(cookies.filter((cookie) => cookie.name === "__Host-sid"));
}
