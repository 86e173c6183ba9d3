import { type Page } from "@playwright/test";
import { asCoordinator, awake, onPlan, openAsClinician } from "../support/accord";
import { expect, test } from "../support/test";

/** Signs in as the person, on a page of their own browser. */
async function asPatient(page: Page, name: RegExp): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as patient" }).click();
  await page.getByRole("region", { name: "Patients" }).getByRole("button", { name }).click();
  await onPlan(page);
}

/** Shares Valley's record with the care team, where that is not done yet. */
async function share(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Sharing" }).click();
  const button = page.getByRole("button", { name: /^Share with the care team ?: Valley Primary Care/ });
  if (!(await button.isVisible())) return;
  await button.click();
  const goOn = page.getByRole("link", { name: "Go on to Valley Primary Care" });
  const patients = page.getByRole("region", { name: "Patients" });
  await expect(goOn.or(patients)).toBeVisible();
  if (await goOn.isVisible()) await goOn.click();
  await patients.getByRole("button", { name }).click();
  await expect(page.getByRole("status").filter({ hasText: "is allowed now" })).toBeVisible();
}

async function toSharedPlan(page: Page, title: string): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Shared plan" }).click();
  await page.getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

test("a coordinator starts a shared plan, the clinician signs it, and the person reads on a phone what changed", async ({ page, browser, contextOptions, javaScriptEnabled }, { project }) => {
  test.slow();
  const title = `Together ${project.name} ${Date.now()}`;
  const phone = await (await browser.newContext({ ...contextOptions, viewport: { width: 360, height: 740 } })).newPage();
  await asPatient(phone, /Tobias/);
  await share(phone, /Tobias/);

  // From the consolidated view: what the records know is offered, and nothing is chosen.
  await asCoordinator(page, "Tamsin Okoro");
  await page.getByRole("row").filter({ hasText: "Tobias" }).getByRole("button", { name: /^Open plan/ }).click();
  await onPlan(page);
  await page.getByRole("link", { name: "Open the shared plan" }).first().click();
  await page.getByRole("link", { name: "Start a shared plan" }).click();
  await awake(page, javaScriptEnabled);
  const concerns = page.getByRole("group", { name: "Which concerns is it for?" });
  await expect(concerns.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await page.getByRole("textbox", { name: /^Title/ }).fill(title);
  await concerns.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Start a shared plan" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The plan is started." })).toBeVisible();

  await page.getByRole("link", { name: "Add a goal" }).click();
  const goal = `Walks to the shop, ${title}`;
  await page.getByLabel("What is to be reached?").fill(goal);
  await page.getByRole("button", { name: "Add a goal" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The goal is added." })).toBeVisible();
  const send = page.getByRole("region", { name: "Send it to review" });
  await send.getByRole("checkbox", { name: "Clinician" }).check();
  await send.getByRole("button", { name: "Send to review" }).click();
  await expect(page.getByRole("region", { name: /^Where it stands/ })).toContainText("In review");

  // The goal stands in the care plan, with the badge of the shared plan.
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Care plan" }).click();
  await expect(page.getByRole("article", { name: goal })).toContainText("Shared plan");

  const theirs = await (await browser.newContext(contextOptions)).newPage();
  await openAsClinician(theirs, /Tobias/);
  await toSharedPlan(theirs, title);
  await theirs.getByRole("button", { name: "Sign the plan as it stands" }).click();
  await expect(theirs.getByRole("status").filter({ hasText: "You have signed the plan." })).toBeVisible();
  await theirs.context().close();

  await phone.getByRole("navigation").getByRole("link", { name: "Care plan" }).click();
  await toSharedPlan(phone, title);
  const changed = phone.getByRole("region", { name: "What changed in your plan" });
  await expect(changed).toContainText(goal);
  await expect(phone.getByRole("link", { name: "Add a goal" })).toHaveCount(0);
  await expect(phone.getByRole("button", { name: "Send to review" })).toHaveCount(0);
  const widest = await phone.evaluate(() => document.scrollingElement!.scrollWidth).catch(() => 0);
  expect(widest).toBeLessThanOrEqual(360);
  await phone.context().close();
});
