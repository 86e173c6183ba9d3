import { another, awake, goalForm, openAsClinician, openGoal } from "../support/accord";
import { expect, test } from "../support/test";

test("a value that is no number is refused, and what was typed stays", async ({ page, javaScriptEnabled }) => {
  await openAsClinician(page, /Marisol/);
  await openGoal(page, "HbA1c below 7.0 %");
  await awake(page, javaScriptEnabled);
  const form = goalForm(page);
  await form.value.fill("about seven");
  await form.note.fill("She asks for < 7 & \"no lows\".");
  await form.save.click();
  await expect(form.told).toContainText("Not saved:");
  await expect(form.value).toHaveValue("about seven");
  await expect(form.value).toHaveAttribute("aria-invalid", "true");
  await expect(form.note).toHaveValue("She asks for < 7 & \"no lows\".");
});

test("a goal without a target asks for nothing that cannot be saved", async ({ page, javaScriptEnabled }) => {
  await openAsClinician(page, /Marisol/);
  await openGoal(page, "Look at both feet every evening");
  await awake(page, javaScriptEnabled);
  const form = goalForm(page);
  await expect(form.save).toBeVisible();
  await expect(form.value).toHaveCount(0);
  if ((await form.due.count()) === 0) return;
  await form.due.fill(await another(form.due, "2027-05-31", "2027-06-01"));
  await form.save.click();
  await expect(form.told).toContainText("Saved at Valley Primary Care");
});
