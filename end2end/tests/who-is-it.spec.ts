import { type Page } from "@playwright/test";
import { item, launchOf, onPlan, openAsClinician, person, source, sources } from "../support/accord";
import { expect, test } from "../support/test";

const OTHER = "Nephrology Associates";

/** Signs in at the other place for the open plan and chooses a person there; a question about who it is comes then. */
async function choose(page: Page, who: RegExp): Promise<void> {
  await sources(page).getByRole("link", { name: `Connect ${OTHER}` }).click();
  await page.getByRole("region", { name: "Clinicians" }).getByRole("button").first().click();
  await page.getByRole("button", { name: who }).click();
}

/** Another person's record was chosen: the question stands there with both. */
async function asked(page: Page): Promise<void> {
  await choose(page, /Ruth|KEALOHA/i);
  await expect(page.getByRole("heading", { level: 1, name: "Are these two records of the same person?" })).toBeVisible();
}

/** Says of each entry of the shared plan that waits since a record was taken out that it stays with this person. */
async function everythingStays(page: Page): Promise<void> {
  await page.goto(`${launchOf(page)}/whose`);
  const entries = page.getByRole("main").getByRole("article");
  for (let waiting = await entries.count(); waiting > 0; waiting -= 1) {
    await expect(entries.first().getByRole("radio", { checked: true })).toHaveCount(0);
    await entries.first().getByLabel("It belongs to the person of this plan").check();
    await entries.first().getByRole("button", { name: "Save this answer" }).click();
    await expect(page.getByRole("status").filter({ hasText: "It belongs to the person of this plan" })).toBeVisible();
    await expect(entries).toHaveCount(waiting - 1);
  }
  await expect(page.getByRole("complementary", { name: "Whose is this?" })).toHaveCount(0);
}

const answer = (page: Page) => page.getByRole("group", { name: "Your answer" });
const give = (page: Page) => page.getByRole("button", { name: "Give this answer" }).click();

test("another person's record is asked about with both shown, and \"no\" joins nothing", async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  const name = await person(page).innerText();
  await asked(page);
  const table = page.getByRole("table", { name: "The two records, side by side" });
  await expect(table).toContainText("VEGA-THORNTON, Marisol Adriana");
  await expect(table).toContainText(/KEALOHA/);
  await expect(table.getByRole("row", { name: /^Birth date/ })).toContainText("Different");
  await expect(person(page)).toHaveText(name);
  await expect(page.getByText("Nothing has been joined yet")).toBeVisible();
  for (const box of await answer(page).locator("input").all()) await expect(box).not.toBeChecked();

  await give(page);
  await expect(page.getByRole("status").filter({ hasText: "Choose one of the answers" })).toBeVisible();
  await answer(page).getByLabel("No, not the same").check();
  await give(page);
  await expect(page).toHaveURL(/\/sources/);
  await expect(page.getByRole("status").filter({ hasText: "Nothing was joined" })).toBeVisible();
  await expect(source(page, OTHER)).toContainText("not connected");
});

test("a wrong \"yes\" is taken back: the record leaves the plan and is asked about again", async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  await asked(page);
  await answer(page).getByLabel("Yes, the same person").check();
  await give(page);
  await expect(page.getByRole("status").filter({ hasText: "only with the box below it checked" })).toBeVisible();
  await answer(page).getByLabel("Yes, the same person").check();
  await answer(page).getByLabel("I have checked it with the person or the records").check();
  await give(page);
  await onPlan(page);
  await expect(source(page, OTHER)).toContainText(/\d+ items/);
  await expect(page.getByRole("banner")).toContainText("Different birth dates: is this the same person?");

  await page.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  await page.getByRole("region", { name: OTHER }).getByRole("link", { name: `This is not the same person ${OTHER}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("not the same person?");
  await page.getByRole("button", { name: "Take this record out" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Say why." })).toBeVisible();
  await page.getByLabel("Why is it not the same person?").fill("The nurse asked: two people.");
  await page.getByRole("button", { name: "Take this record out" }).click();
  await expect(page.getByRole("status").filter({ hasText: "was taken out" })).toBeVisible();
  await expect(source(page, OTHER)).toContainText("not connected");
  await expect(page.getByRole("banner")).not.toContainText("Different birth dates");
  // Stories before this one have written into the shared plan; nobody sees it until it is said whose it is.
  await everythingStays(page);

  await asked(page);
  await answer(page).getByLabel("I don't know").check();
  await give(page);
  await expect(page.getByRole("status").filter({ hasText: "Nothing was joined" })).toBeVisible();
});

test("a record is disconnected from one plan, and every open screen of that plan follows", async ({ page, context, javaScriptEnabled }) => {
  await openAsClinician(page, /Marisol/);
  await choose(page, /Mari/);
  await onPlan(page);
  const goal = "HbA1c below 8.0 %, without low blood sugar";
  await expect(item(page, "Goals", goal)).toBeVisible();
  const second = await context.newPage();
  await second.goto(`${launchOf(page)}/plan`);
  await expect(item(second, "Goals", goal)).toBeVisible();

  await page.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  const own = page.getByRole("region", { name: "Valley Primary Care" });
  await expect(own).toContainText("The plan was opened from this record");
  await expect(own.getByRole("button", { name: "Disconnect" })).toHaveCount(0);
  await page.getByRole("region", { name: OTHER }).getByRole("button", { name: `Disconnect ${OTHER}` }).click();
  await expect(page.getByRole("status").filter({ hasText: `${OTHER} is disconnected` })).toBeVisible();
  if (javaScriptEnabled === false) await second.reload();
  await expect(item(second, "Goals", goal)).toHaveCount(0);
  await expect(source(second, OTHER)).toContainText("not connected");
});
