import { acquaint, awake, connect, goalForm, item, onPlan, openAsClinician, openGoal, person, source, sources } from "../support/accord";
import { expect, test } from "../support/test";

const SLOW = "University Hospital";
const ITS_GOAL = "Dry weight 83 to 85 kg";

test("a slow record does not hold up the others and joins the board by itself", async ({ page, sandbox }) => {
  await openAsClinician(page, /Marisol/);
  await acquaint(page, SLOW);
  await sandbox.fault(SLOW, "slow");
  await connect(page, SLOW);
  await expect(person(page)).toHaveText(/^VEGA-THORNTON/);
  await expect(source(page, SLOW)).toContainText("loading…");
  await expect(page.getByRole("main")).toContainText("1 more record is being read");
  await expect(item(page, "Goals", "HbA1c below 7.0 %")).toBeVisible();
  await page.evaluate(() => document.body.setAttribute("data-same-page", ""));

  await expect(source(page, SLOW)).toContainText(/\d+ items( ·|, not all)/, { timeout: 30_000 });
  await expect(page.getByRole("main")).not.toContainText("being read");
  await expect(page.getByRole("article").filter({ hasText: SLOW }).first()).toBeVisible();
  await expect(page.locator("body")).toHaveAttribute("data-same-page");
});

test("focus and the lit thread survive the arrival of a record", async ({ page, sandbox }) => {
  await openAsClinician(page, /Marisol/);
  await acquaint(page, SLOW);
  await sandbox.fault(SLOW, "slow");
  await connect(page, SLOW);
  await awake(page);
  const title = item(page, "Goals", "LDL cholesterol below 70 mg/dL").getByRole("link", { name: /^LDL/ });
  await title.focus();
  await page.keyboard.press("Enter");
  await expect(item(page, "Goals", "LDL cholesterol below 70 mg/dL")).toHaveClass(/card--chosen/);
  await expect(source(page, SLOW)).toContainText(/\d+ items( ·|, not all)/, { timeout: 30_000 });
  await expect(title).toBeFocused();
  await expect(item(page, "Goals", "LDL cholesterol below 70 mg/dL")).toHaveClass(/card--chosen/);
  await expect(page.getByRole("article").filter({ hasText: SLOW }).first()).toHaveClass(/card--o(n|ff)/);
});

test("what is being typed on a goal's page survives the arrival of a record", async ({ page, sandbox }) => {
  await openAsClinician(page, /Marisol/);
  const plan = page.url();
  await acquaint(page, SLOW);
  await sandbox.fault(SLOW, "slow");
  await connect(page, SLOW);
  await openGoal(page, "LDL cholesterol below 70 mg/dL");
  const note = goalForm(page).note;
  await note.fill("Half a sent");
  await expect.poll(() => page.evaluate(async (address) => (await fetch(address)).text(), plan), { timeout: 30_000 }).not.toContain("being read");
  await note.pressSequentially("ence");
  await expect(note).toHaveValue("Half a sentence");
  await expect(note).toBeFocused();
});

test("the page comes piece by piece: frame and person first", async ({ page, sandbox }) => {
  await openAsClinician(page, /Marisol/);
  await acquaint(page, SLOW);
  await sandbox.fault(SLOW, "slow");
  await sources(page).getByRole("link", { name: `Connect ${SLOW}` }).click();
  await page.getByRole("region", { name: "Clinicians" }).getByRole("button").first().click();
  await page.getByRole("button", { name: /Marisol/ }).click({ noWaitAfter: true });
  // The document is still coming when the person is already shown.
  await expect(person(page)).toHaveText(/^VEGA-THORNTON/);
  expect(await page.evaluate(() => document.readyState)).toBe("loading");
  await onPlan(page);
  await expect(item(page, "Goals", "HbA1c below 7.0 %")).toBeVisible();
  const shown = await page.evaluate(() => (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming).responseEnd);
  expect(shown, "milliseconds until the whole page was there, the slow record left out").toBeLessThan(3_500);
});
