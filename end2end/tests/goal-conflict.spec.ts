import { another, awake, goalForm, openAsClinician, openGoal } from "../support/accord";
import { expect, test } from "../support/test";

const GOAL = "HbA1c below 7.0 %";

test("the second of two changes overwrites nothing and keeps what was typed", async ({ page, context, javaScriptEnabled }) => {
  await openAsClinician(page, /Marisol/);
  await openGoal(page, GOAL);
  const second = await context.newPage();
  await second.goto(page.url());
  await awake(page, javaScriptEnabled);
  await awake(second, javaScriptEnabled);

  const [theirs, mine] = [goalForm(page), goalForm(second)];
  const opened = await theirs.value.inputValue();
  const [one, two] = opened.startsWith("6.8") || opened.startsWith("6.9") ? ["7.1", "7.2"] : ["6.8", "6.9"];
  await theirs.value.fill(one!);
  await theirs.save.click();
  await expect(theirs.told).toContainText("Saved at Valley Primary Care");

  await mine.value.fill(two!);
  await mine.note.fill("As agreed on the phone.");
  await mine.save.click();
  await expect(mine.told).toContainText("Not saved: the goal was changed at Valley Primary Care since you opened it");
  await expect(mine.conflict.getByRole("row", { name: /^Target value/ }).getByRole("cell")).toHaveText([opened, one!, two!]);
  await expect(mine.value).toHaveValue(two!);
  await expect(mine.note).toHaveValue("As agreed on the phone.");

  // Now in sight of the newer version: saving again is a decision.
  await mine.save.click();
  await expect(mine.told).toContainText("Saved at Valley Primary Care");
  await page.reload();
  await expect(theirs.value).toHaveValue(two!);
});

test("the same change made twice is saved once", async ({ page, javaScriptEnabled }) => {
  await openAsClinician(page, /Marisol/);
  await openGoal(page, "Weight down to 82 kg");
  await awake(page, javaScriptEnabled);
  const form = goalForm(page);
  await form.due.fill(await another(form.due, "2027-03-31", "2027-04-30"));
  await form.save.click();
  await expect(form.told).toContainText("Saved at Valley Primary Care");
  await form.save.click();
  await expect(form.told).toContainText("Nothing to save");
});
