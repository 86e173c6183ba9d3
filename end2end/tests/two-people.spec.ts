import { awake, item, launchOf, openAsClinician, person } from "../support/accord";
import { expect, test } from "../support/test";

test("two tabs with two people keep their own person, interleaved and reloaded", async ({ page, context, javaScriptEnabled }) => {
  const other = await context.newPage();
  await openAsClinician(page, /Marisol/);
  await openAsClinician(other, /Desmond/);
  expect(launchOf(page)).not.toBe(launchOf(other));
  for (const go of ["reload", "Sources", "Care plan", "reload"]) {
    for (const [tab, name] of [[page, /^VEGA-THORNTON/], [other, /^O'KEEFE-BRANDT/]] as const) {
      await (go === "reload" ? tab.reload() : tab.getByRole("navigation").getByRole("link", { name: go }).click());
      await expect(person(tab)).toHaveText(name);
    }
  }
  await awake(other, javaScriptEnabled);
  await expect(item(page, "Goals", "HbA1c below 7.0 %")).toBeVisible();
  await expect(other.getByText("HbA1c below 7.0 %")).toHaveCount(0);
});

test("an item of one person is not to be had under the launch of another", async ({ page, context, watch }) => {
  const other = await context.newPage();
  await openAsClinician(page, /Marisol/);
  await openAsClinician(other, /Desmond/);
  const goal = await item(page, "Goals", "HbA1c below 7.0 %").getByRole("link", { name: "Open goal" }).getAttribute("href");
  watch.excuse(/status of 404/);
  const answer = await other.goto(goal!.replace(launchOf(page), launchOf(other)));
  expect(answer!.status()).toBe(404);
  await expect(other.getByText("HbA1c")).toHaveCount(0);
});

test("a launch is open in its own browser only, and ends by signing out", async ({ page, browser, watch, contextOptions }) => {
  await openAsClinician(page, /Marisol/);
  const address = page.url();
  const stranger = await browser.newContext(contextOptions);
  const answer = await stranger.request.get(address);
  expect(answer.status()).toBe(404);
  expect(await answer.text()).not.toContain("VEGA");
  await stranger.close();
  await page.getByRole("button", { name: "Sign out" }).click();
  watch.excuse(/status of 404/);
  expect((await page.goto(address))!.status()).toBe(404);
});

test("the answer for one tab that arrives in the other opens its own person there, and only once", async ({ page, context, watch }) => {
  watch.excuse(/status of 400|ERR_FAILED|net::ERR_ABORTED/);
  const other = await context.newPage();
  await openAsClinician(other, /Desmond/);
  const desmond = other.url();
  // The first tab's answer is caught before it arrives. By the browser's own protocol, because it comes by a redirect.
  let answer = "";
  const wire = await context.newCDPSession(page);
  wire.on("Fetch.requestPaused", ({ request, requestId }) => {
    answer = request.url;
    void wire.send("Fetch.failRequest", { requestId, errorReason: "Aborted" });
  });
  await wire.send("Fetch.enable", { patterns: [{ urlPattern: "*/callback/*" }] });
  await page.goto("/");
  await page.getByRole("link", { name: "Open as clinician" }).click();
  await page.getByRole("radio", { name: /Marisol/ }).check();
  await page.getByRole("button", { name: "Launch Accord" }).click({ noWaitAfter: true });
  await expect.poll(() => answer).not.toBe("");
  await other.goto(answer);
  await expect(person(other)).toHaveText(/^VEGA-THORNTON/);
  expect(launchOf(other)).not.toBe(new URL(desmond).pathname.split("/").slice(0, 3).join("/"));
  await other.goto(desmond);
  await expect(person(other)).toHaveText(/^O'KEEFE-BRANDT/);
  await wire.send("Fetch.disable");
  expect((await page.goto(answer))!.status()).toBe(400);
  await expect(page.getByText("VEGA")).toHaveCount(0);
});
