import { OTHERS, awake, column, connect, openAsClinician } from "../support/accord";
import { expect, test } from "../support/test";

test("two plans ask for another HbA1c: the card says so and leads to both, side by side", async ({ page, javaScriptEnabled }) => {
  test.slow();
  await openAsClinician(page, /Marisol/);
  for (const ehr of OTHERS) await connect(page, ehr);
  await awake(page, javaScriptEnabled);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("link", { name: /^Reconcile ?: Contradictory targets/ }).first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: /^Reconcile\s+\d+ open$/ })).toBeVisible();
  await page.getByRole("link", { name: /^Reconcile ?: Contradictory targets/ }).first().click();
  await expect(page).toHaveURL(/\/reconcile#d/);
  const differences = page.getByRole("region", { name: /^\d+ differences between the plans$/ });
  const targets = differences.getByRole("article", { name: /HbA1c/ }).filter({ hasText: "Contradictory targets" });
  await expect(targets.getByRole("heading", { level: 4, name: "Valley Primary Care" })).toBeVisible();
  await expect(targets.getByRole("heading", { level: 4, name: "Nephrology Associates" })).toBeVisible();
  await expect(targets.getByText("differs").first()).toBeVisible();
  await expect(targets.getByRole("heading", { name: "What could settle it" })).toBeVisible();
  await expect(targets.getByRole("group", { name: "Your decision" }).getByRole("radio", { checked: true })).toHaveCount(0);

  await page.getByRole("group", { name: "What is shown" }).getByRole("link", { name: /^Safety/ }).click();
  await expect(page).toHaveURL(/kind=safety/);
  await expect(page.getByRole("article").filter({ hasText: "Medication against a measured value" }).first()).toBeVisible();
  await expect(page.getByRole("article").filter({ hasText: "Contradictory targets" })).toHaveCount(0);
  await page.getByRole("article").first().getByRole("link", { name: "See it in the plan" }).click();
  await expect(page).toHaveURL(/\/plan\?item=/);
});

test("one entry of three records says why it is one, and what each of them calls it", async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  for (const ehr of OTHERS) await connect(page, ehr);
  const card = column(page, "Health concerns").getByRole("article", { name: /^Chronic kidney disease, stage 3b or 4$/i });
  await expect(async () => {
    await page.reload();
    await expect(card).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await card.getByText(/entries as one: why$/).click();
  await expect(card.getByText(/Their codes mean the same|They carry the same code/).first()).toBeVisible();
  await expect(card.getByText(/version \d/).first()).toBeVisible();
});
