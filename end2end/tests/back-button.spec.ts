import { launchOf, openAsClinician, openGoal, person } from "../support/accord";
import { quiet } from "../playwright.config";
import { expect, test } from "../support/test";

// With the cache of whole pages that users' browsers have and Playwright takes away.
test.use({
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...quiet, "--enable-features=BackForwardCache"],
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  },
});

test("after signing out the back button shows nothing of the plan", async ({ page, watch }) => {
  watch.excuse(/status of 404/);
  await openAsClinician(page, /Marisol/);
  const launch = launchOf(page);
  await openGoal(page, "HbA1c below 7.0 %");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are signed out");
  for (let back = 0; back < 2; back += 1) {
    await page.goBack();
    await expect(page).toHaveURL(new RegExp(launch));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/not open in this browser|session has ended/);
    await expect(page.getByText("VEGA")).toHaveCount(0);
    await expect(page.getByText("HbA1c")).toHaveCount(0);
  }
});

test("while signed in the back button leads to the page as it is now", async ({ page }) => {
  await openAsClinician(page, /Marisol/);
  await openGoal(page, "HbA1c below 7.0 %");
  await page.goBack();
  await expect(person(page)).toHaveText(/^VEGA-THORNTON/);
  await expect(page.getByRole("region", { name: "Goals", exact: true }).getByRole("article").first()).toBeVisible();
});

test("a page that the browser kept whole is hidden, and asked for anew when it is shown again", async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "without script no page is kept that must not be stored");
  await openAsClinician(page, /Marisol/);
  await expect(page.locator("html")).toHaveAttribute("data-ready", "yes");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await expect(person(page)).toBeHidden();
  await Promise.all([
    page.waitForEvent("framenavigated"),
    page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))),
  ]);
  await expect(person(page)).toBeVisible();
});
