import { COLUMNS, column, goalForm, onPlan, openGoal } from "../support/accord";
import { expect, test } from "../support/test";

test("a patient signs in and sees the own plan", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as patient" }).click();
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name: /Loan/ }).click();
  await onPlan(page);
  await expect(page.getByRole("banner")).toContainText("NGUYỄN");
  for (const name of COLUMNS) await expect(column(page, name)).toBeVisible();
});

test("a patient's goal form says whether it can be saved before one types", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as patient" }).click();
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name: /Marisol/ }).click();
  await onPlan(page);
  await openGoal(page, "Look at both feet every evening");
  const form = page.getByRole("region", { name: "Change this goal" });
  await expect(form).toContainText("Valley Primary Care");
  // Either the form with its target, or the reason why there is none.
  await expect(goalForm(page).save.or(form.locator(".notice"))).toBeVisible();
});
