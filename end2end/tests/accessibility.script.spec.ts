import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { acquaint, asCoordinator, OTHERS, awake, connect, goalForm, item, openAsClinician, openGoal } from "../support/accord";
import { expect, test } from "../support/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** Scans in light and dark, wide and at 320 px, where nothing may scroll sideways. */
async function scan(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1440, 320]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      const told = violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
      expect.soft(told, `${name}, ${colorScheme}, ${width} px`).toEqual([]);
      const widest = await page.evaluate(() => document.scrollingElement!.scrollWidth);
      expect.soft(widest, `${name}: width at ${width} px`).toBeLessThanOrEqual(width);
    }
  }
}

test("start, sign-in and error page", async ({ page, watch }) => {
  watch.excuse(/status of 404/);
  for (const [name, address] of [["start", "/"], ["sign-in", "/sign-in"], ["no such page", "/nothing-here"]] as const) {
    await page.goto(address);
    await awake(page);
    await scan(page, name);
  }
});

test("plan of one record and of four, a thread lit, all statuses", async ({ page }) => {
  test.slow();
  await openAsClinician(page, /Marisol/);
  await awake(page);
  await scan(page, "one record");
  for (const ehr of OTHERS) await connect(page, ehr);
  await scan(page, "four records");
  await page.setViewportSize({ width: 1440, height: 900 });
  await item(page, "Goals", "HbA1c below 7.0 %").getByRole("link", { name: /^HbA1c/ }).click();
  await scan(page, "a thread lit");
  await page.getByRole("link", { name: "All statuses" }).click();
  await scan(page, "all statuses");
});

test("goal, its refused form and the sources", async ({ page }) => {
  test.slow();
  await openAsClinician(page, /Marisol/);
  await openGoal(page, "HbA1c below 7.0 %");
  await awake(page);
  await scan(page, "goal");
  const form = goalForm(page);
  await form.value.fill("about seven");
  await form.save.click();
  await expect(form.told).toContainText("Not saved");
  await scan(page, "goal, refused");
  await page.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  await awake(page);
  await scan(page, "sources");
});

test("a plan with a failed record, and its sources", async ({ page, sandbox }) => {
  test.slow();
  await openAsClinician(page, /Marisol/);
  await acquaint(page, "University Hospital");
  await sandbox.fault("University Hospital", "status-500");
  await connect(page, "University Hospital");
  await expect(page.getByRole("group", { name: "Not the whole picture" })).toBeVisible({ timeout: 30_000 });
  await scan(page, "plan with a failed record");
  await page.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  await scan(page, "sources with a failed record");
});

test("the shared plan: started, refused, planned, closed, compared", async ({ page }) => {
  test.slow();
  await openAsClinician(page, /Tobias/);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Shared plan" }).click();
  await awake(page);
  await scan(page, "shared plans");
  await page.getByRole("link", { name: "Start a shared plan" }).click();
  await awake(page);
  await page.getByRole("button", { name: "Start a shared plan" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Not saved" })).toBeVisible();
  await scan(page, "a plan is started, refused");
  await page.getByRole("textbox", { name: /^Title/ }).fill(`Scanned ${Date.now()}`);
  await page.getByRole("button", { name: "Start a shared plan" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The plan is started." })).toBeVisible();
  await page.getByRole("link", { name: "Add a goal" }).click();
  await page.getByLabel("What is to be reached?").fill("Walks to the shop");
  await page.getByLabel("The measure in my own words").fill("Steps a day");
  await page.getByLabel("Target value", { exact: true }).fill("about many");
  await page.getByRole("button", { name: "Add a goal" }).click();
  await expect(page.getByText("This is not a number.", { exact: true })).toBeVisible();
  await scan(page, "a goal, refused");
  await page.getByLabel("Target value", { exact: true }).fill("4000");
  await page.getByRole("button", { name: "Add a goal" }).click();
  await page.getByRole("link", { name: "Add an activity" }).click();
  await page.getByLabel("What is to be done?").fill("Foot exam");
  await page.getByRole("button", { name: "Add an activity" }).click();
  await awake(page);
  await scan(page, "a shared plan");
  await page.getByRole("link", { name: "Walks to the shop" }).click();
  await scan(page, "a goal of a shared plan");
  await page.goBack();
  await page.getByRole("link", { name: "Foot exam" }).click();
  await scan(page, "an activity of a shared plan");
  await page.goBack();
  await page.getByRole("link", { name: "All versions, and two of them compared" }).click();
  await scan(page, "versions");
  await page.goBack();
  await page.getByRole("link", { name: "Close the plan" }).click();
  await page.getByRole("button", { name: "Close the plan" }).click();
  await scan(page, "closing, refused");
});

test("every person's plan", async ({ page }) => {
  test.slow();
  for (const person of [/Desmond/, /Loan/, /Ruth/, /Tobias/]) {
    await openAsClinician(page, person);
    await awake(page);
    await scan(page, String(person));
    await page.setViewportSize({ width: 1280, height: 900 });
  }
});

test("the question who it is, refused, and the page that takes a record out", async ({ page }) => {
  test.slow();
  await openAsClinician(page, /Marisol/);
  await page.getByRole("link", { name: "Connect Nephrology Associates" }).first().click();
  await page.getByRole("region", { name: "Clinicians" }).getByRole("button").first().click();
  await page.getByRole("button", { name: /Ruth/ }).click();
  await awake(page);
  await scan(page, "who is it");
  await page.getByRole("button", { name: "Give this answer" }).click();
  await scan(page, "who is it, refused");
  await page.getByLabel("No, not the same").check();
  await page.getByRole("button", { name: "Give this answer" }).click();
  await connect(page, "Nephrology Associates");
  await page.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  await scan(page, "sources with a joined record");
  await page.getByRole("link", { name: "This is not the same person Nephrology Associates" }).click();
  await scan(page, "not the same person");
});

test("panel, as it is and under a search", async ({ page }) => {
  await asCoordinator(page, "Tamsin Okoro");
  await awake(page);
  await scan(page, "panel");
  await page.goto("/panel?q=nobody");
  await scan(page, "panel, searched");
});
