import { column, item, openAsClinician } from "../support/accord";
import { expect, test } from "../support/test";

const GOAL = "Weight down to 82 kg";

test("choosing an item lights its thread by a page load, and choosing it again puts the light out", async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  const title = item(page, "Goals", GOAL).getByRole("link", { name: GOAL, exact: true });
  await title.click();
  await expect(page).toHaveURL(/[?&]item=/);
  await expect(title).toHaveAttribute("aria-current", "true");
  await expect(item(page, "Health concerns", "Type 2 diabetes with diabetic kidney disease")).toHaveClass(/card--on/);
  await expect(item(page, "Outcomes", "Body weight")).toHaveClass(/card--on/);
  await expect(item(page, "Health concerns", "Fatigue")).toHaveClass(/card--off/);
  await title.click();
  await expect(column(page, "Goals").locator(".card--chosen, .card--off")).toHaveCount(0);
});
