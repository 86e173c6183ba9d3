import { COLUMNS, awake, column, openAsClinician, source, sources } from "../support/accord";
import { EHRS, type Ehr } from "../support/sandbox";
import { expect, test } from "../support/test";

test("a clinician opens a person's plan from the EHR", async ({ page, javaScriptEnabled }) => {
  await openAsClinician(page, /Marisol/);
  await awake(page, javaScriptEnabled);
  await expect(page.getByRole("banner")).toContainText("VEGA-THORNTON, Marisol");
  await expect(page.getByRole("banner")).toContainText("Born");
  for (const name of COLUMNS) await expect(column(page, name).getByRole("article").first()).toBeVisible();
  // The records, and the shared plan beside them.
  await expect(sources(page).getByRole("listitem")).toHaveCount(Object.keys(EHRS).length + 1);
  await expect(sources(page).getByRole("listitem").filter({ hasText: "Shared plan" })).toContainText(/\d+ items/);
  await expect(source(page, "Valley Primary Care")).toContainText(/\d+ items/);
  for (const ehr of (Object.keys(EHRS) as Ehr[]).slice(1)) await expect(source(page, ehr)).toContainText("not connected");
});

test("each item is an article named by its title, with the name of its source", async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  for (const name of COLUMNS) {
    for (const article of await column(page, name).getByRole("article").all()) {
      const title = (await article.getByRole("heading", { level: 3 }).innerText()).trim();
      await expect(article).toHaveAccessibleName(title);
      await expect(article).toContainText("Valley Primary Care");
    }
  }
});
