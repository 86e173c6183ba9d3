import { type Frame, type Page, type Request } from "@playwright/test";
import { quiet } from "../playwright.config";
import { openGoalIn, launchFramed } from "../support/framed";
import { expect, test } from "../support/test";

// The EHR is another site than Accord (a name of its own below localhost), and Chromium blocks third-party cookies as it
// does for users who asked for that.
test.use({
  launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...quiet, "--test-third-party-cookie-phaseout"] },
});

/** A window that is just being opened has no frame yet. */
function standsInFrame(request: Request): boolean {
  try {
    return request.frame().parentFrame() !== null;
  } catch {
    return false;
  }
}

/** Accord's frame in the EHR's page. */
async function accord(page: Page): Promise<Frame> {
  const frame = await (await page.locator("iframe").elementHandle())!.contentFrame();
  return frame!;
}

test("an EHR shows the plan in a frame although third-party cookies are blocked", async ({ page, context, watch }) => {
  await launchFramed(page, /Marisol/);
  const frame = await accord(page);
  await expect(frame.getByRole("region", { name: "Goals", exact: true }).getByRole("article").first()).toBeVisible();
  const kept = await frame.evaluate(() => {
    document.cookie = "third-party=1; Path=/; SameSite=None; Secure";
    document.cookie = "partitioned=1; Path=/; SameSite=None; Secure; Partitioned";
    return document.cookie;
  });
  expect(kept, "the browser blocks what it is asked to block").toBe("partitioned=1");
  await frame.getByRole("navigation").getByRole("link", { name: "Sources" }).click();
  await expect(frame.getByRole("heading", { name: "What was read, and what could not be" })).toBeVisible();
  await frame.getByRole("navigation").getByRole("link", { name: "Care plan" }).click();
  await openGoalIn(frame, "LDL cholesterol below 70 mg/dL");
  const due = frame.getByLabel("Due date");
  await due.fill((await due.inputValue()) === "2027-05-31" ? "2027-06-01" : "2027-05-31");
  await frame.getByRole("button", { name: /^Save at / }).click();
  await expect(frame.getByRole("region", { name: "Change this goal" }).getByRole("status")).toContainText("Saved at Valley Primary Care");
  // What the frame has open is not open in a window, and the other way round.
  watch.excuse(/status of 404/);
  const window = await context.newPage();
  expect((await window.goto(frame.url()))!.status()).toBe(404);
});

test("a frame that keeps no cookie offers a window, and the launch goes on there", async ({ page, context }) => {
  await context.route("**/launch?*", async (route) => {
    const inFrame = standsInFrame(route.request());
    const answer = await route.fetch({ maxRedirects: 0 });
    const headers = answer.headers();
    if (inFrame) delete headers["set-cookie"];
    await route.fulfill({ response: answer, headers });
  });
  await launchFramed(page, /Marisol/);
  const frame = await accord(page);
  const way = frame.getByRole("link", { name: "Open in a new window" });
  await expect(way).toBeVisible();
  const [window] = await Promise.all([context.waitForEvent("page"), way.click()]);
  await expect(window).toHaveURL(/\/l\/[0-9a-f]{32}\/plan/);
  await expect(window.getByRole("banner").locator(".person__name")).toHaveText(/^VEGA-THORNTON/);
});

test("after signing out the frame tells so, and shows nothing of the plan", async ({ page, watch }) => {
  watch.excuse(/status of 404/);
  await launchFramed(page, /Marisol/);
  const frame = await accord(page);
  const plan = frame.url();
  await frame.getByRole("button", { name: "Sign out" }).click();
  await expect(frame.getByRole("heading", { level: 1 })).toHaveText("You are signed out");
  await frame.goto(plan);
  await expect(frame.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(frame.getByText("VEGA")).toHaveCount(0);
});
