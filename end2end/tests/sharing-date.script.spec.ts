import { onPlan } from "../support/accord";
import { expect, test } from "../support/test";

// The browser itself holds the field against its bound, and only script can take that away; the server holds it too.
test("an end date that is over is refused, and stays in its field", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as patient" }).click();
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name: /Desmond/ }).click();
  await onPlan(page);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Sharing" }).click();
  const purpose = page.getByRole("region", { name: "Valley Primary Care" }).getByRole("article", { name: "Sensitive entries may be carried on" });
  const until = purpose.getByLabel(/Until and including/);
  await until.evaluate((field: HTMLInputElement) => field.removeAttribute("min"));
  await until.fill("2020-02-02");
  await purpose.getByRole("button", { name: /Allow carrying sensitive entries/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "must be a day from today on" })).toBeVisible();
  await expect(until).toHaveValue("2020-02-02");
});
