import { acquaint, awake, column, connect, openAsClinician, source } from "../support/accord";
import { expect, test } from "../support/test";

// A browser opens six connections to a host over HTTP/1.1: an event stream in each tab would stop the seventh.
test("nine tabs at once show their plan while a record is still being read", async ({ page, context, sandbox }) => {
  test.slow();
  await openAsClinician(page, /Marisol/);
  await acquaint(page, "University Hospital");
  await sandbox.fault("University Hospital", "slow");
  await connect(page, "University Hospital");
  const address = page.url();
  const tabs = [page];
  for (let more = 0; more < 8; more += 1) {
    const tab = await context.newPage();
    await tab.goto(address);
    tabs.push(tab);
  }
  for (const tab of tabs) {
    await awake(tab);
    await expect(column(tab, "Goals").getByRole("article").first()).toBeVisible();
  }
  for (const tab of tabs) {
    await tab.bringToFront();
    await expect(source(tab, "University Hospital")).toContainText(/\d+ items( ·|, not all)/, { timeout: 30_000 });
  }
});
