import { column, openAsClinician } from "../support/accord";
import { expect, test } from "../support/test";

test("all statuses are shown on request, and the address remembers it", async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  const cards = column(page, "Health concerns").getByRole("article");
  // The board follows the frame: count it when it is there.
  await expect(cards.first()).toBeVisible();
  const active = await cards.count();
  await page.getByRole("link", { name: "All statuses" }).click();
  await expect(page).toHaveURL(/show=all/);
  await expect(page.getByRole("link", { name: "All statuses" })).toHaveAttribute("aria-current", "true");
  await expect(cards.nth(active)).toBeVisible();
  await page.getByRole("link", { name: "Active", exact: true }).click();
  await expect(cards).toHaveCount(active);
});
