import { type Page } from "@playwright/test";
import { OTHERS, awake, connect, goalForm, item, onPlan, openAsClinician, openGoal } from "../support/accord";
import { expect, test } from "../support/test";

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Takes a screen wide, on a phone, dark, and as it prints. */
async function take(page: Page, name: string): Promise<void> {
  const picture = (kind: string) => page.screenshot({ path: `screenshots/${name}-${kind}.png`, fullPage: true });
  await page.setViewportSize(WIDE);
  await picture("wide");
  await page.emulateMedia({ colorScheme: "dark" });
  await picture("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(PHONE);
  await picture("phone");
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ media: "print" });
  await picture("print");
  await page.emulateMedia({ media: "screen" });
}

test("start, sign-in, error", async ({ page, watch }) => {
  watch.excuse(/status of 404/);
  for (const [name, address] of [["start", "/"], ["sign-in", "/sign-in"], ["not-found", "/nothing-here"]] as const) {
    await page.goto(address);
    await awake(page);
    await take(page, name);
  }
});

test("plan, goal, sources", async ({ page, sandbox }) => {
  await page.setViewportSize(WIDE);
  await openAsClinician(page, /Marisol/);
  await awake(page);
  await take(page, "plan-one-record");
  await openGoal(page, "HbA1c below 7.0 %");
  await take(page, "goal");
  const form = goalForm(page);
  await form.value.fill("about seven");
  await form.save.click();
  await expect(form.told).toContainText("Not saved");
  await take(page, "goal-refused");
  await page.getByRole("link", { name: "Back to the plan" }).click();
  for (const ehr of OTHERS.slice(0, 2)) await connect(page, ehr);
  await awake(page);
  await item(page, "Goals", "HbA1c below 7.0 %").getByRole("link", { name: /^HbA1c/ }).click();
  await take(page, "plan-three-records");
  await sandbox.fault("HomeHealth Plus", "status-500");
  await connect(page, "HomeHealth Plus");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("group", { name: "Not the whole picture" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await take(page, "plan-failed-record");
  await page.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  await awake(page);
  await take(page, "sources");
  await page.getByRole("button", { name: "Sign out" }).click();
  await take(page, "signed-out");
});

test("the patient's plan", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as patient" }).click();
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name: /Loan/ }).click();
  await onPlan(page);
  await awake(page);
  await take(page, "plan-patient");
});
