import { type Page } from "@playwright/test";
import { awake, connect, goalForm, item, launchOf, openAsClinician } from "../support/accord";
import { settleTargets, settled, takeBack, targets } from "../support/deciding";
import { expect, test } from "../support/test";

/** The values that the records' HbA1c targets have now; a story before may have changed them. */
async function recorded(page: Page, launch: string): Promise<string[]> {
  await page.goto(`${launch}/plan`);
  await item(page, "Goals", "HbA1c below 7.0 %").getByRole("link", { name: "Open goal" }).click();
  const targets = goalForm(page).value;
  await expect(targets).toHaveCount(2);
  const values = await targets.evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
  return values.sort();
}

test("two HbA1c targets are settled: they are no difference any more, stand among what was settled, and no record is changed", async ({ page, javaScriptEnabled }, { project }) => {
  test.slow();
  const reason = `Low sugar at night, ${project.name} ${Date.now()}`;
  await openAsClinician(page, /Marisol/);
  await connect(page, "Nephrology Associates");
  const launch = launchOf(page);
  await expect(async () => {
    await page.goto(`${launch}/reconcile`);
    // Also where it stands among what was settled, folded.
    const article = page.locator("article", { hasText: "Contradictory targets" }).filter({ hasText: "HbA1c" });
    await expect(article.first()).toBeAttached({ timeout: 2_000 });
  }).toPass();
  const before = await recorded(page, launch);
  await page.goto(`${launch}/reconcile`);
  await awake(page, javaScriptEnabled);
  // A story before this one may have been broken off.
  const differences = page.getByRole("region", { name: /differences? between the plans$|^No differences found$/ });
  if ((await targets(differences).count()) === 0) await takeBack(page, "left by an earlier story");
  await expect(targets(differences).getByRole("radio", { checked: true })).toHaveCount(0);

  await settleTargets(page, "What Nephrology Associates says", reason);
  await page.goto(`${launch}/reconcile`);
  await expect(targets(differences)).toHaveCount(0);
  const kept = targets(await settled(page));
  await expect(kept).toContainText("What Nephrology Associates says counts");
  await expect(kept).toContainText(reason);

  // The card says nothing of it, and both records ask for what they asked before.
  await page.goto(`${launch}/plan`);
  await expect(page.getByRole("link", { name: /^Reconcile ?: Contradictory targets/ })).toHaveCount(0);
  expect(await recorded(page, launch)).toEqual(before);

  await page.goto(`${launch}/reconcile`);
  await awake(page, javaScriptEnabled);
  await takeBack(page, "the story ends");
  await expect(targets(differences)).toBeVisible();
});
