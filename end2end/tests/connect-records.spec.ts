import { COLUMNS, OTHERS, column, connect, item, openAsClinician, person, source } from "../support/accord";
import { expect, test } from "../support/test";

test("three more records join the plan, each line with its source", async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  for (const ehr of OTHERS) {
    await connect(page, ehr);
    await expect(source(page, ehr)).toContainText(/\d+ items/);
  }
  for (const name of COLUMNS) await expect(column(page, name)).toBeVisible();
  // Two places, two targets for one measure: both stand there, each with its own place.
  await expect(item(page, "Goals", "HbA1c below 7.0 %")).toContainText("Valley Primary Care");
  await expect(item(page, "Goals", "HbA1c below 8.0 %, without low blood sugar")).toContainText("Nephrology Associates");
  await expect(item(page, "Goals", "Heel wound closed")).toContainText("HomeHealth Plus");
  await expect(column(page, "Goals").getByRole("article").filter({ hasText: "University Hospital" }).first()).toBeVisible();
});

test("the person is named as the place that opened the plan names them, however many records join", async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  const name = await person(page).innerText();
  for (const ehr of OTHERS) {
    await connect(page, ehr);
    await expect(person(page)).toHaveText(name);
  }
});
