import { type Frame, type Page, expect } from "@playwright/test";

/** Opens a person's plan in a frame of the EHR's own page. */
export async function launchFramed(page: Page, person: RegExp): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as clinician" }).click();
  await page.getByRole("radio", { name: person }).check();
  await page.getByRole("checkbox", { name: "in a frame of this page" }).check();
  await page.getByRole("button", { name: "Launch Accord" }).click();
  await expect(page.locator("iframe")).toBeVisible();
  await page.frameLocator("iframe").getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
}

/** Opens a goal's own page from its card, inside a frame. */
export async function openGoalIn(frame: Frame, title: string): Promise<void> {
  const goals = frame.getByRole("region", { name: "Goals", exact: true });
  await goals.getByRole("article", { name: title, exact: true }).getByRole("link", { name: "Open goal" }).click();
  await expect(frame.getByRole("heading", { level: 1, name: title })).toBeVisible();
}
