import { type Page } from "@playwright/test";
import { another, awake, goalForm, item, openAsClinician, openGoal } from "../support/accord";
import { expect, test } from "../support/test";

const GOAL = "HbA1c below 7.0 %";
const HOME = "Valley Primary Care";

/** The form's parts that only an edit for the shared plan has. */
function keepForm(page: Page) {
  const form = page.getByRole("region", { name: "Change this goal" });
  return { reason: form.getByLabel("Why the record should say this"), keep: form.getByRole("button", { name: "Keep in the shared plan" }) };
}

/** What is kept beside the goal, on its page. */
function beside(page: Page) {
  return page.getByRole("region", { name: "Kept in the shared plan, beside this record" });
}

async function takeBack(page: Page, reason: string): Promise<void> {
  await beside(page).getByText("Take back").first().click();
  await beside(page).getByLabel("Why it is taken back").fill(reason);
  await beside(page).getByRole("button", { name: "Take back" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Taken back: the shared plan says nothing beside this goal any more." })).toBeVisible();
}

test("a change that its source refuses is kept beside the goal, seen by a colleague and taken back", async ({ page, sandbox, browser, contextOptions, javaScriptEnabled }, { project }) => {
  test.slow();
  const reason = `Low sugar at night, ${project.name} ${Date.now()}`;
  await openAsClinician(page, /Marisol/);
  await openGoal(page, GOAL);
  await expect(page.getByRole("region", { name: "Change this goal" })).toBeVisible();
  // A story before this one may have been broken off.
  if ((await beside(page).count()) > 0) await takeBack(page, "left by an earlier story");
  await awake(page, javaScriptEnabled);
  await sandbox.fault(HOME, "goals-403");
  const form = goalForm(page);
  const recorded = await form.value.inputValue();
  const wanted = await another(form.value, "8.3", "8.4");
  await form.value.fill(wanted);
  await form.note.fill("She asks for < 8.5 & \"no lows\".");
  await form.save.click();
  await expect(form.told).toContainText(`Not saved: ${HOME} does not take this change.`);
  await expect(form.told).toContainText("Goals are changed in the chart only.");
  await expect(form.told).toContainText("You can keep it in the shared plan instead");
  await expect(form.value).toHaveValue(wanted);
  await expect(form.note).toHaveValue("She asks for < 8.5 & \"no lows\".");

  const { reason: why, keep } = keepForm(page);
  await why.fill(reason);
  await keep.click();
  await expect(form.told).toContainText(`Kept in the shared plan. ${HOME} is not changed.`);
  await page.getByRole("link", { name: "Back to the plan" }).click();
  await expect(item(page, "Goals", GOAL)).toContainText(`Target value: ${wanted} (at ${HOME}: ${recorded})`);

  const theirs = await (await browser.newContext(contextOptions)).newPage();
  await openAsClinician(theirs, /Marisol/);
  await openGoal(theirs, GOAL);
  for (const said of [`Target value: ${wanted} (at ${HOME}: ${recorded})`, "no lows", reason]) await expect(beside(theirs)).toContainText(said);
  await expect(goalForm(theirs).value).toHaveValue(recorded);
  await takeBack(theirs, "the story ends");
  await expect(beside(theirs)).toHaveCount(0);
  await theirs.context().close();

  await page.reload();
  await expect(item(page, "Goals", GOAL)).toBeVisible();
  await expect(item(page, "Goals", GOAL)).not.toContainText(`(at ${HOME}:`);
});

test("a source that has no way to change a goal is not asked twice: the shared plan is offered from then on", async ({ page, sandbox, javaScriptEnabled }) => {
  await openAsClinician(page, /Marisol/);
  await openGoal(page, GOAL);
  await awake(page, javaScriptEnabled);
  await sandbox.fault(HOME, "goals-405-empty");
  const form = goalForm(page);
  const due = await another(form.due, "2031-05-31", "2031-06-30");
  await form.due.fill(due);
  await form.save.click();
  await expect(form.told).toContainText("the server does not do this");
  await expect(form.due).toHaveValue(due);
  await expect(keepForm(page).keep).toBeVisible();
  await page.getByRole("link", { name: "Back to the plan" }).click();
  await openGoal(page, GOAL);
  const region = page.getByRole("region", { name: "Change this goal" });
  await expect(region).toContainText(`The server of ${HOME} takes no changes of goals.`);
  await expect(region).toContainText(`${HOME} is not changed.`);
  await expect(keepForm(page).keep).toBeVisible();
  await expect(form.save).toHaveCount(0);
});
