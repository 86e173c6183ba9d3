import { acquaint, connect, item, openAsClinician, source } from "../support/accord";
import { expect, test } from "../support/test";

const SLOW = "University Hospital";

test("a slow record is announced with a link that brings the rest", async ({ page, sandbox }) => {
  await openAsClinician(page, /Marisol/);
  await acquaint(page, SLOW);
  await sandbox.fault(SLOW, "slow");
  await connect(page, SLOW);
  await expect(item(page, "Goals", "HbA1c below 7.0 %")).toBeVisible();
  await expect(source(page, SLOW)).toContainText("loading…");
  await expect(page.getByText("1 more record is being read").first()).toBeVisible();
  await expect(async () => {
    await page.getByRole("link", { name: "Reload" }).or(page.getByRole("link", { name: "Care plan" })).first().click();
    await expect(source(page, SLOW)).toContainText(/\d+ items( ·|, not all)/, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole("article").filter({ hasText: SLOW }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Reload" })).toHaveCount(0);
});
