import { asCoordinator } from "../support/accord";
import { expect, test } from "../support/test";

test("a coordinator signs in without a person and comes to her panel", async ({ page }) => {
  await asCoordinator(page, "Graciela Moon");
  await expect(page.getByRole("banner")).toContainText("Graciela Moon");
  await expect(page.getByRole("banner")).toContainText("Valley Primary Care");
  // Nobody's record is open, and nobody was chosen on the way.
  await expect(page.getByRole("region", { name: "Goals" })).toHaveCount(0);
});

test("a clinician who signs in for the panel is told what to do instead", async ({ page, watch }) => {
  watch.excuse(/status of 403/);
  await page.goto("/");
  await page.getByRole("link", { name: "Open as coordinator" }).click();
  await page.getByRole("region", { name: "Clinicians" }).getByRole("button").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The panel is for care coordinators");
  await expect(page.getByRole("link", { name: "Choose a person" })).toBeVisible();
});
