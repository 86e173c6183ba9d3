import { endSession, goalForm, openAsClinician, openGoal } from "../support/accord";
import { expect, test } from "../support/test";

const GOAL = "HbA1c below 7.0 %";
const NOTE = "Half a page, typed with care; <b>nothing</b> of it may be lost.";

test("a form that is sent after the session has ended is not saved, and its text goes back into it", async ({ page, context, watch }) => {
  watch.excuse(/status of 404/);
  await openAsClinician(page, /Marisol/);
  await openGoal(page, GOAL);
  const form = goalForm(page);
  await form.note.fill(NOTE);
  await endSession(context, page.url());
  await form.save.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your session has ended");
  await expect(page.getByText("VEGA")).toHaveCount(0);
  await expect(page.getByLabel("Progress note to add")).toHaveValue(NOTE);
  expect(page.url()).not.toContain("typed%20with");

  // Not signed in yet: nothing happens to the text.
  await page.getByRole("button", { name: "Put it back into the form" }).click();
  await expect(page.getByLabel("Progress note to add")).toHaveValue(NOTE);

  const other = await context.newPage();
  await openAsClinician(other, /Marisol/);
  await page.getByRole("button", { name: "Put it back into the form" }).click();
  await expect(page.getByRole("heading", { level: 1, name: GOAL })).toBeVisible();
  await expect(form.note).toHaveValue(NOTE);
  await expect(form.told).toContainText("your session had ended");
});

test("a page that is opened after the session has ended says so", async ({ page, context, watch }) => {
  watch.excuse(/status of 404/);
  await openAsClinician(page, /Marisol/);
  await endSession(context, page.url());
  await page.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your session has ended");
  await expect(page.getByRole("link", { name: "Sign in again" })).toBeVisible();
});
