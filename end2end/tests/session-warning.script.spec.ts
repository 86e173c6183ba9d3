import { type Page } from "@playwright/test";
import { awake, endSession, goalForm, openAsClinician, openGoal, person } from "../support/accord";
import { expect, test } from "../support/test";

const GOAL = "HbA1c below 7.0 %";

/** Lets an hour pass for the page, and the server say what it would say then. */
async function nearTheEnd(page: Page): Promise<void> {
  await page.route("**/session", (route) => route.fulfill({ json: { left: 240, extendable: true, words: "Signed in until 12:00" } }));
  await page.clock.fastForward("56:00");
}

/** The page is looked at again, as when its tab is shown: then it asks. */
async function lookAt(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}

test("five minutes before the end a warning comes, can be put away, and the end can be put off", async ({ page }) => {
  await page.clock.install();
  await openAsClinician(page, /Marisol/);
  await awake(page);
  const warning = page.getByRole("alertdialog", { name: "You will soon be signed out" });
  await expect(warning).toBeHidden();
  await nearTheEnd(page);
  await expect(warning).toBeVisible();
  await expect(warning.getByRole("button", { name: "Stay signed in" })).toBeFocused();
  await expect(warning.getByRole("button", { name: "Sign out" })).toBeVisible();
  await expect(page.getByText("Signed in until 12:00")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(warning).toBeHidden();

  await page.reload();
  await awake(page);
  await page.clock.fastForward("56:00");
  await expect(warning).toBeVisible();
  await page.unroute("**/session");
  await warning.getByRole("button", { name: "Stay signed in" }).click();
  await expect(warning).toBeHidden();
  await expect(page.getByText("Signed in until 12:00")).toHaveCount(0);
  await expect(person(page)).toBeVisible();
});

test("what was put off in another tab is put off here too", async ({ page }) => {
  await page.clock.install();
  await openAsClinician(page, /Marisol/);
  await awake(page);
  const warning = page.getByRole("alertdialog");
  await nearTheEnd(page);
  await expect(warning).toBeVisible();
  await page.unroute("**/session");
  await page.clock.fastForward("00:16");
  await expect(warning).toBeHidden();
});

test("a page that is open when the session ends is cleared", async ({ page, context, watch }) => {
  watch.excuse(/status of 404/);
  await openAsClinician(page, /Marisol/);
  await awake(page);
  await endSession(context, page.url());
  await lookAt(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your session has ended");
  await expect(page.getByText("VEGA")).toHaveCount(0);
  expect(await page.title()).not.toMatch(/^VT/);
});

test("what is half typed when the session ends stays, and nothing else of the page", async ({ page, context, watch }) => {
  watch.excuse(/status of 404/);
  await openAsClinician(page, /Marisol/);
  await openGoal(page, GOAL);
  await awake(page);
  await goalForm(page).note.fill("Half a sentence");
  await endSession(context, page.url());
  await lookAt(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your session has ended");
  await expect(page.getByLabel("Progress note to add")).toHaveValue("Half a sentence");
  await expect(page.getByText("VEGA")).toHaveCount(0);
});

test("a page that cannot ask when its time is over shows nothing until it can", async ({ page, watch }) => {
  watch.excuse(/Failed to load resource/);
  await page.clock.install();
  await openAsClinician(page, /Marisol/);
  await awake(page);
  await page.route("**/session", (route) => route.abort());
  await page.clock.fastForward("56:00");
  await expect(person(page)).toBeVisible();
  await page.clock.fastForward("05:00");
  await expect(person(page)).toBeHidden();
  await page.unroute("**/session");
  await page.clock.fastForward("00:16");
  await expect(person(page)).toBeVisible();
});
