import AxeBuilder from "@axe-core/playwright";
import { OTHERS, awake, connect, openAsClinician } from "../support/accord";
import { expect, test } from "../support/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

// The scan is a script of its own.
test("differences and gaps are readable for everybody, wide and at 320 px, in light and dark", async ({ page }) => {
  test.slow();
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
