import type { Page } from "@playwright/test";
import { asCoordinator, awake, launchOf, onPlan, person } from "../support/accord";
import { expect, test } from "../support/test";

/** Opens the own plan as a patient of Valley Primary Care. */
async function atHome(page: Page, name: RegExp): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as patient" }).click();
  await signIn(page, name);
  await onPlan(page);
}

async function signIn(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name }).click();
}

/** What the page about sharing says of one purpose at one source. */
function purpose(page: Page, source: string, name: string) {
  return page.getByRole("region", { name: source }).getByRole("article", { name });
}

/** Shares the record of Valley with the care team, signing in there once more. */
async function share(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Sharing" }).click();
  await purpose(page, "Valley Primary Care", "The care team reads it").getByRole("button", { name: /Share with the care team/ }).click();
  // The page in between goes on by itself, with script and without.
  await signIn(page, name);
  await expect(page).toHaveURL(/\/sharing\?answer=/);
}

test("a patient shares a record, the coordinator sees it, and when it is taken back it is gone from her screen", async ({ page, browser, contextOptions, javaScriptEnabled }) => {
  await atHome(page, /Desmond/);
  const launch = launchOf(page);
  await share(page, /Desmond/);
  expect(launchOf(page)).toBe(launch);
  await expect(page.getByRole("status").filter({ hasText: "is allowed now" })).toBeVisible();
  const shared = purpose(page, "Valley Primary Care", "The care team reads it");
  await expect(shared).toContainText(/Shared Since \d{1,2} \w+ \d{4}, without an end date, by you\./);

  const theirs = await browser.newContext(contextOptions);
  const desk = await theirs.newPage();
  await asCoordinator(desk, "Tamsin Okoro");
  await desk.getByRole("row", { name: /BRANDT/ }).getByRole("button", { name: /Open plan/ }).click();
  await onPlan(desk);
  await expect(person(desk)).toHaveText(/BRANDT/);
  await awake(desk, javaScriptEnabled);

  await shared.getByRole("button", { name: /Take it back/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "is taken back" })).toBeVisible();
  await expect(shared).toContainText("Not shared");

  // With script the screen goes by itself; without, at the next thing that is asked of it.
  if (!javaScriptEnabled) await desk.reload();
  await expect(desk.getByRole("heading", { level: 1, name: "This record is not shared any more" })).toBeVisible();
  await expect(desk.locator("body")).not.toContainText("BRANDT");
  await desk.goto("/panel");
  await expect(desk.getByRole("main")).not.toContainText("BRANDT");
  await theirs.close();
});

test("a clinician sees what may be relied on, and nothing to decide", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as clinician" }).click();
  await page.getByRole("radio", { name: /Marisol/ }).check();
  await page.getByRole("button", { name: "Launch Accord" }).click();
  await onPlan(page);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Sharing" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What this person shares" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
});
