import { type Page } from "@playwright/test";
import { acquaint, connect, item, openAsClinician, source } from "../support/accord";
import { type Fault } from "../support/sandbox";
import { expect, test } from "../support/test";

const FAILING = "University Hospital";

/** What the page says while the record is missing: the others, and the missing one by name and reason. */
async function namedAsMissing(page: Page, reason: string | RegExp): Promise<void> {
  const notice = page.getByRole("group", { name: "Not the whole picture" });
  await expect(notice).toContainText(FAILING);
  await expect(notice).toContainText(reason);
  await expect(source(page, FAILING)).toContainText(reason);
  await expect(item(page, "Goals", "HbA1c below 7.0 %")).toBeVisible();
  await expect(item(page, "Goals", "HbA1c below 8.0 %, without low blood sugar")).toBeVisible();
}

/** Reads the failed record once more, as the button beside it offers. */
async function retry(page: Page): Promise<void> {
  await page.getByRole("list", { name: "Sources" }).getByRole("button", { name: `Retry ${FAILING}` }).click();
}

/** Without script the rest of a reading comes by a reload. */
async function reloaded(page: Page, javaScriptEnabled: boolean | undefined, shown: () => Promise<void>): Promise<void> {
  if (javaScriptEnabled !== false) return shown();
  await expect(async () => {
    await page.reload();
    await shown();
  }).toPass({ timeout: 40_000 });
}

const answers: [Fault, string | RegExp][] = [
  ["status-500", "answered with error 500"],
  ["html", "answered with something that is not FHIR"],
  ["truncated", "the answer broke off"],
  ["endless", "no answer in time"],
];

for (const [fault, reason] of answers) {
  test(`a record whose server answers ${fault} is named with its reason, and a retry recovers it`, async ({ page, sandbox, javaScriptEnabled }) => {
    test.slow();
    await openAsClinician(page, /Marisol/);
    await connect(page, "Nephrology Associates");
    await acquaint(page, FAILING);
    await sandbox.fault(FAILING, fault);
    await connect(page, FAILING);
    await reloaded(page, javaScriptEnabled, () => expect(source(page, FAILING)).toContainText(reason, { timeout: javaScriptEnabled === false ? 1_000 : 40_000 }));
    await namedAsMissing(page, reason);
    await sandbox.mend(FAILING);
    await retry(page);
    await reloaded(page, javaScriptEnabled, () => expect(source(page, FAILING)).toContainText(/^\D*\d+ items · /, { timeout: 5_000 }));
    await expect(page.getByRole("group", { name: "Not the whole picture" })).toHaveCount(0);
  });
}

test("a record whose server is stopped while it is read is named with its reason, and a retry recovers it", async ({ page, sandbox, javaScriptEnabled }) => {
  test.slow();
  await openAsClinician(page, /Marisol/);
  await connect(page, "Nephrology Associates");
  await acquaint(page, FAILING);
  await sandbox.fault(FAILING, "slow");
  await connect(page, FAILING);
  await sandbox.stop(FAILING);
  const unreachable = /no connection|the answer broke off/;
  await reloaded(page, javaScriptEnabled, () => expect(source(page, FAILING)).toContainText(unreachable, { timeout: javaScriptEnabled === false ? 1_000 : 40_000 }));
  await namedAsMissing(page, unreachable);

  // Still stopped: the retry fails for the same reason and changes nothing else.
  await retry(page);
  await reloaded(page, javaScriptEnabled, () => expect(source(page, FAILING)).toContainText("no connection", { timeout: javaScriptEnabled === false ? 1_000 : 40_000 }));
  await namedAsMissing(page, "no connection");

  await sandbox.start(FAILING);
  await sandbox.mend(FAILING);
  await retry(page);
  await reloaded(page, javaScriptEnabled, () => expect(source(page, FAILING)).toContainText(/\d+ items · /, { timeout: 5_000 }));
  await expect(page.getByRole("group", { name: "Not the whole picture" })).toHaveCount(0);
});

test("what could not be read is said on every page of the launch", async ({ page, sandbox }) => {
  await openAsClinician(page, /Marisol/);
  await acquaint(page, FAILING);
  await sandbox.fault(FAILING, "status-500");
  await connect(page, FAILING);
  await item(page, "Goals", "HbA1c below 7.0 %").getByRole("link", { name: "Open goal" }).click();
  await expect(source(page, FAILING)).toContainText("answered with error 500");
  await page.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  await expect(source(page, FAILING)).toContainText("answered with error 500");
  await expect(page.getByRole("region", { name: FAILING })).toContainText("could not be read: answered with error 500");
});
