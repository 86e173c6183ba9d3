import { awake, column, item, openAsClinician } from "../support/accord";
import { expect, test } from "../support/test";

const GOAL = "Weight down to 82 kg";

test.beforeEach(async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  await awake(page);
  await page.evaluate(() => document.body.setAttribute("data-same-page", ""));
});

test("choosing an item lights its thread without leaving the page, and the other cards step back", async ({ page }) => {
  await item(page, "Goals", GOAL).getByRole("link", { name: GOAL, exact: true }).click();
  await expect(item(page, "Goals", GOAL)).toHaveClass(/card--chosen/);
  await expect(item(page, "Health concerns", "Type 2 diabetes with diabetic kidney disease")).toHaveClass(/card--on/);
  await expect(item(page, "Outcomes", "Body weight")).toHaveClass(/card--on/);
  await expect(item(page, "Health concerns", "Fatigue")).toHaveClass(/card--off/);
  await expect(page).toHaveURL(/[?&]item=/);
  await expect(page.locator("body")).toHaveAttribute("data-same-page");
  // What a source states is a whole line, what we joined a dashed one.
  await expect(page.locator(".thread-line:not(.thread-line--inferred)").first()).toBeAttached();
  await expect(page.locator(".thread-line--inferred").first()).toHaveCSS("stroke-dasharray", /\d/);
});

test("a thread is lit and put out from the keyboard", async ({ page }) => {
  const title = item(page, "Goals", GOAL).getByRole("link", { name: GOAL, exact: true });
  await title.focus();
  await page.keyboard.press("Enter");
  await expect(item(page, "Goals", GOAL)).toHaveClass(/card--chosen/);
  await expect(title).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Tab");
  await expect(item(page, "Goals", GOAL).getByRole("link", { name: "Open goal" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(column(page, "Goals").locator(".card--chosen, .card--off")).toHaveCount(0);
  await expect(page).not.toHaveURL(/item=/);
  await expect(page.locator("body")).toHaveAttribute("data-same-page");
});

test("a lit thread is still lit after a reload", async ({ page }) => {
  await item(page, "Goals", GOAL).getByRole("link", { name: GOAL, exact: true }).click();
  await expect(page.locator(".thread-line").first()).toBeAttached();
  const lines = await page.locator(".thread-line").count();
  await page.reload();
  await expect(item(page, "Goals", GOAL)).toHaveClass(/card--chosen/);
  await expect(page.locator(".thread-line")).toHaveCount(lines);
});

test("the first Tab offers to skip to the content", async ({ page }) => {
  await page.reload();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});
