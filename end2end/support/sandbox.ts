import { type Page, expect } from "@playwright/test";

/** Address of the sandbox's control page. */
export const control = process.env.SANDBOX_URL ?? "";

/** The simulated EHRs by their names. */
export const EHRS = {
  "Valley Primary Care": "valley-ehr",
  "Nephrology Associates": "nephrology",
  "University Hospital": "university",
  "HomeHealth Plus": "homehealth",
} as const;

export type Ehr = keyof typeof EHRS;
export type Fault = "status-500" | "html" | "endless" | "truncated" | "slow" | "goals-403" | "goals-403-page" | "goals-405" | "goals-405-empty" | "goals-422";

/** The switches of the control page; what was switched is switched back by `restore`. */
export class Sandbox {
  private readonly stopped = new Set<Ehr>();
  private readonly faulty = new Set<Ehr>();

  async stop(ehr: Ehr): Promise<void> {
    this.stopped.add(ehr);
    await press(`/ehrs/${EHRS[ehr]}/stop`);
  }

  async start(ehr: Ehr): Promise<void> {
    await press(`/ehrs/${EHRS[ehr]}/start`);
    this.stopped.delete(ehr);
  }

  async fault(ehr: Ehr, mode: Fault): Promise<void> {
    this.faulty.add(ehr);
    await press(`/ehrs/${EHRS[ehr]}/fault`, { mode });
  }

  async mend(ehr: Ehr): Promise<void> {
    await press(`/ehrs/${EHRS[ehr]}/fault`, { mode: "off" });
    this.faulty.delete(ehr);
  }

  async restore(): Promise<void> {
    for (const ehr of this.stopped) await this.start(ehr);
    for (const ehr of this.faulty) await this.mend(ehr);
  }
}

async function press(path: string, form: Record<string, string> = {}): Promise<void> {
  const answer = await fetch(`${control}${path}`, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  if (answer.status >= 400) throw new Error(`${path}: ${answer.status}`);
}

/** Opens the EHR's own page of the goal that says `text`, as its staff would see it. */
export async function browseGoal(page: Page, ehr: Ehr, text: string): Promise<void> {
  await page.goto(control);
  await page.getByRole("region", { name: ehr }).getByRole("link", { name: "Records" }).click();
  await page.getByRole("link", { name: "Goal", exact: true }).click();
  await page.getByRole("row").filter({ hasText: text }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Goal\//);
}
