import { acquaint, connect, openAsClinician, source } from "../support/accord";
import { expect, test } from "../support/test";

test("a tab that is hidden holds no event stream, and catches up when it is shown again", async ({ page, sandbox }) => {
  await openAsClinician(page, /Marisol/);
  await acquaint(page, "University Hospital");
  await sandbox.fault("University Hospital", "slow");
  const ofEvents = (request: { url(): string }) => request.url().endsWith("/events");
  const opened = page.waitForRequest(ofEvents);
  await connect(page, "University Hospital");
  await opened;
  const closed = page.waitForEvent("requestfailed", ofEvents);
  await show(false);
  await closed;
  const again = page.waitForRequest(ofEvents);
  await show(true);
  await again;
  await expect(source(page, "University Hospital")).toContainText(/\d+ items( ·|, not all)/, { timeout: 30_000 });

  async function show(shown: boolean): Promise<void> {
    await page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
      Object.defineProperty(document, "visibilityState", { configurable: true, value: hidden ? "hidden" : "visible" });
      document.dispatchEvent(new Event("visibilitychange"));
    }, !shown);
  }
});
