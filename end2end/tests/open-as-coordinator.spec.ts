import { onPlan, person } from "../support/accord";
import { expect, test } from "../support/test";

test("a coordinator signs in and picks from the people she is granted", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as coordinator" }).click();
  await page.getByRole("region", { name: "Care coordinators" }).getByRole("button", { name: "Graciela Moon" }).click();
  const people = page.getByRole("main").getByRole("button");
  await expect(people).toHaveCount(2);
  await people.filter({ hasText: "Ruth" }).click();
  await onPlan(page);
  await expect(person(page)).toContainText("KEALOHA, Ruth");
});
