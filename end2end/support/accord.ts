import { type Page, type Locator, expect } from "@playwright/test";

/** Address of the sandbox's control page. */
export const control = process.env.SANDBOX_URL ?? "";

/** Opens a person's plan as a clinician: from the start page over the simulated EHR. The first person where none is named. */
export async function openAsClinician(page: Page, person?: string | RegExp): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Open as clinician" }).click();
  await launchFromEhr(page, person);
}

/** On the EHR's launcher page: chooses the person and launches Accord. */
export async function launchFromEhr(page: Page, person?: string | RegExp): Promise<void> {
  if (person) await page.getByRole("radio", { name: person }).first().check();
  await page.getByRole("button", { name: /launch/i }).first().click();
  await expect(page).toHaveURL(/\/l\/[0-9a-f]{32}\/plan/);
}

/** Waits until islands are awake; without script there is nothing to wait for. */
export async function awake(page: Page, javaScriptEnabled: boolean | undefined): Promise<void> {
  if (javaScriptEnabled !== false) await expect(page.locator("html")).toHaveAttribute("data-ready", /.*/);
}

/** One of the four columns. */
export function column(page: Page, name: "Health concerns" | "Goals" | "Interventions" | "Outcomes"): Locator {
  return page.getByRole("region", { name, exact: true });
}

/** The launch's part of the address: `/l/…`. */
export function launchOf(page: Page): string {
  return new URL(page.url()).pathname.split("/").slice(0, 3).join("/");
}

/** Presses a switch of the sandbox. */
export async function press(path: string, form: Record<string, string> = {}): Promise<void> {
  const answer = await fetch(`${control}${path}`, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  if (answer.status >= 400) throw new Error(`${path}: ${answer.status}`);
}
