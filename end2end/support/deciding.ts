import { type Locator, type Page, expect } from "@playwright/test";

/** The two HbA1c targets on the page of differences and gaps. */
export function targets(within: Page | Locator): Locator {
  return within.getByRole("article", { name: /HbA1c/ }).filter({ hasText: "Contradictory targets" });
}

/** What was settled, unfolded. */
export async function settled(page: Page): Promise<Locator> {
  const fold = page.getByRole("group").filter({ has: page.getByRole("heading", { name: /^\d+ settled$/ }) });
  if ((await fold.getAttribute("open")) === null) await fold.getByRole("heading", { name: /^\d+ settled$/ }).click();
  return fold;
}

/** Settles the two HbA1c targets; `chosen` happens when a choice is made and nothing sent. */
export async function settleTargets(page: Page, choice: string, reason: string, chosen: () => Promise<void> = async () => {}): Promise<void> {
  const form = targets(page);
  await form.getByRole("group", { name: "Your decision" }).getByRole("radio", { name: choice }).check();
  await expect(form.getByText("Kept in the shared plan with your name, the day and your reason. No record is changed.")).toBeVisible();
  await form.getByLabel("Reason").fill(reason);
  await chosen();
  await form.getByRole("button", { name: /^Keep this decision in the shared plan/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "Kept in the shared plan" })).toBeVisible();
}

/** Takes the decision about the two targets back, as the story found it. */
export async function takeBack(page: Page, reason: string): Promise<void> {
  const article = targets(await settled(page));
  await article.getByText(/^Take back/).click();
  await article.getByLabel("Why it is taken back").fill(reason);
  await article.getByRole("button", { name: "Take the decision back" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Taken back; it is open again" })).toBeVisible();
}
