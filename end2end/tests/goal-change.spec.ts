import { another, awake, goalForm, item, openAsClinician, openGoal } from "../support/accord";
import { browseGoal } from "../support/sandbox";
import { expect, test } from "../support/test";

const GOAL = "LDL cholesterol below 70 mg/dL";

test("a goal's target and due date are changed at the place that owns it, and nothing else is", async ({ page, context, javaScriptEnabled }) => {
  await openAsClinician(page, /Marisol/);
  await openGoal(page, GOAL);
  await awake(page, javaScriptEnabled);
  const form = goalForm(page);
  const before = Number(await page.getByRole("region", { name: "What each record says" }).getByRole("cell").last().innerText());
  const value = await another(form.value, "65", "68");
  const due = await another(form.due, "2027-06-30", "2027-07-31");
  await form.value.fill(value);
  await form.due.fill(due);
  await form.save.click();
  await expect(form.told).toContainText(`Saved at Valley Primary Care as version ${before + 1}`);
  await expect(page.getByRole("region", { name: "What each record says" })).toContainText(`below ${value} mg/dL`);

  const ehr = await context.newPage();
  await browseGoal(ehr, "Valley Primary Care", GOAL);
  await expect(ehr.getByText(`Version ${before + 1}`, { exact: true })).toBeVisible();
  const changes = ehr.getByRole("table").first();
  await expect(ehr.getByRole("heading", { name: `Changed from version ${before} to version ${before + 1}` })).toBeVisible();
  const paths = await changes.locator("tbody tr td:first-child").allInnerTexts();
  expect(paths.sort()).toEqual(["/meta/lastUpdated", "/meta/versionId", "/target/0/detailQuantity/value", "/target/0/dueDate"]);
  await expect(changes.getByRole("row").filter({ hasText: "detailQuantity" })).toContainText(value);
  await expect(changes.getByRole("row").filter({ hasText: "dueDate" })).toContainText(due);

  await page.getByRole("link", { name: "Back to the plan" }).click();
  await expect(item(page, "Goals", GOAL)).toContainText(`Target: below ${value} mg/dL`);
  await expect(item(page, "Goals", GOAL)).toContainText(due === "2027-06-30" ? "by 30-Jun-2027" : "by 31-Jul-2027");
});

test("an achievement status and a progress note are saved", async ({ page, javaScriptEnabled }) => {
  await openAsClinician(page, /Marisol/);
  await openGoal(page, "Walk to the market and back, 4 days a week");
  await awake(page, javaScriptEnabled);
  const form = goalForm(page);
  const now = await form.achievement.inputValue();
  const [code, word] = now === "sustaining" ? ["improving", "Improving"] : ["sustaining", "Sustaining"];
  const note = `Walks with her neighbour now (${javaScriptEnabled === false ? "form" : "script"}).`;
  await form.achievement.selectOption(code);
  await form.note.fill(note);
  await form.save.click();
  await expect(form.told).toContainText("Saved at Valley Primary Care");
  await expect(form.note).toHaveValue("");
  await expect(page.getByRole("region", { name: "What each record says" })).toContainText(word);
  await expect(page.getByRole("region", { name: "Notes" })).toContainText(note);
});
