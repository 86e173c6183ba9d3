import AxeBuilder from "@axe-core/playwright";
import { OTHERS, awake, column, connect, openAsClinician } from "../support/accord";
import { expect, test } from "../support/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

test("two plans ask for another HbA1c: the card says so and leads to both, side by side", async ({ page, javaScriptEnabled }) => {
  test.slow();
  await openAsClinician(page, /Marisol/);
  for (const ehr of OTHERS) await connect(page, ehr);
  await awake(page, javaScriptEnabled);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("link", { name: /^Reconcile ?: Contradictory targets/ }).first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: /^Reconcile\s+\d+ open$/ })).toBeVisible();
  await page.getByRole("link", { name: /^Reconcile ?: Contradictory targets/ }).first().click();
  await expect(page).toHaveURL(/\/reconcile#d/);
  const differences = page.getByRole("region", { name: /^\d+ differences between the plans$/ });
  const targets = differences.getByRole("article", { name: /HbA1c/ }).filter({ hasText: "Contradictory targets" });
  await expect(targets.getByRole("heading", { level: 4, name: "Valley Primary Care" })).toBeVisible();
  await expect(targets.getByRole("heading", { level: 4, name: "Nephrology Associates" })).toBeVisible();
  await expect(targets.getByText("differs").first()).toBeVisible();
  await expect(targets.getByRole("heading", { name: "What could settle it" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);

  await page.getByRole("group", { name: "What is shown" }).getByRole("link", { name: /^Safety/ }).click();
  await expect(page).toHaveURL(/kind=safety/);
  await expect(page.getByRole("article").filter({ hasText: "Medication against a measured value" }).first()).toBeVisible();
  await expect(page.getByRole("article").filter({ hasText: "Contradictory targets" })).toHaveCount(0);
  await page.getByRole("article").first().getByRole("link", { name: "See it in the plan" }).click();
  await expect(page).toHaveURL(/\/plan\?item=/);
});

test("one entry of three records says why it is one, and what each of them calls it", async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  for (const ehr of OTHERS) await connect(page, ehr);
  const card = column(page, "Health concerns").getByRole("article", { name: /^Chronic kidney disease, stage 3b or 4$/i });
  await expect(async () => {
    await page.reload();
    await expect(card).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await card.getByText(/entries as one: why$/).click();
  await expect(card.getByText(/Their codes mean the same|They carry the same code/).first()).toBeVisible();
  await expect(card.getByText(/version \d/).first()).toBeVisible();
});

test("differences and gaps are readable for everybody, wide and at 320 px, in light and dark", async ({ page, javaScriptEnabled }) => {
  test.slow();
  // The scan is a script of its own.
  test.skip(!javaScriptEnabled);
  await openAsClinician(page, /Marisol/);
  for (const ehr of OTHERS) await connect(page, ehr);
  for (const name of ["Reconcile", "Sources", "Care plan"]) {
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: new RegExp(`^${name}`) }).click();
    await awake(page);
    await page.locator("main details").evaluateAll((folds) => folds.forEach((fold) => fold.setAttribute("open", "")));
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
});
