import AxeBuilder from "@axe-core/playwright";
import { onPlan } from "../support/accord";
import { expect, test } from "../support/test";

// The browser itself holds the field against its bound, and only script can take that away; the server holds it too.
test("an end date that is over is refused, and stays in its field", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as patient" }).click();
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name: /Desmond/ }).click();
  await onPlan(page);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Sharing" }).click();
  const purpose = page.getByRole("region", { name: "Valley Primary Care" }).getByRole("article", { name: "The care team reads it" });
  const until = purpose.getByLabel(/Until and including/);
  await until.evaluate((field: HTMLInputElement) => field.removeAttribute("min"));
  await until.fill("2020-02-02");
  await purpose.getByRole("button", { name: /Share with the care team/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "must be a day from today on" })).toBeVisible();
  await expect(until).toHaveValue("2020-02-02");
});

test("the page about sharing holds against WCAG 2.2 AA, shared and not shared, in light and dark, wide and narrow", async ({ page }) => {
  test.slow();
  await page.goto("/");
  await page.getByRole("link", { name: "Open as patient" }).click();
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name: /Desmond/ }).click();
  await onPlan(page);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Sharing" }).click();
  const team = page.getByRole("region", { name: "Valley Primary Care" }).getByRole("article", { name: "The care team reads it" });
  for (const state of ["not shared", "shared"]) {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1440, 320]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]).analyze();
        const told = violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
        expect.soft(told, `${state}, ${colorScheme}, ${width} px`).toEqual([]);
        const widest = await page.evaluate(() => document.scrollingElement!.scrollWidth);
        expect.soft(widest, `${state}: width at ${width} px`).toBeLessThanOrEqual(width);
      }
    }
    await team.getByRole("button", { name: state === "shared" ? /Take it back/ : /Share with the care team/ }).click();
    if (state === "not shared") await page.getByRole("region", { name: "Patients" }).getByRole("button", { name: /Desmond/ }).click();
    await expect(team).toContainText(state === "shared" ? "Not shared" : "without an end date, by you");
  }
});
