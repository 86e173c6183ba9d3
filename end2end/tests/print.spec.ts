import { acquaint, connect, openAsClinician, person, sources } from "../support/accord";
import { expect, test } from "../support/test";

test("a printed plan says whose it is and what is missing from it", async ({ page, sandbox }) => {
  await openAsClinician(page, /Marisol/);
  await acquaint(page, "University Hospital");
  await sandbox.fault("University Hospital", "status-500");
  await connect(page, "University Hospital");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("group", { name: "Not the whole picture" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.emulateMedia({ media: "print" });
  await expect(person(page)).toBeVisible();
  await expect(sources(page)).toBeVisible();
  await expect(page.getByRole("group", { name: "Not the whole picture" })).toContainText("University Hospital could not be read: answered with error 500");
  await expect(page.getByRole("article").first()).toBeVisible();
  await expect(page.getByRole("navigation")).toBeHidden();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden();
});
