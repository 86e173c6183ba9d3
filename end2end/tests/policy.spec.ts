import { openAsClinician, openGoal } from "../support/accord";
import { expect, test } from "../support/test";

test("every page sends a policy that allows nothing inline and nothing from elsewhere", async ({ page, request, watch }) => {
  watch.excuse(/status of 404/);
  await openAsClinician(page, /Marisol/);
  const plan = page.url();
  await openGoal(page, "HbA1c below 7.0 %");
  const launch = plan.slice(0, plan.lastIndexOf("/"));
  for (const address of ["/", "/sign-in", "/nothing-here", plan, page.url(), `${launch}/sources`]) {
    const answer = (await page.goto(address))!;
    const [status, headers] = [answer.status(), answer.headers()];
    const policy = headers["content-security-policy"] ?? "";
    expect(policy, address).toContain("default-src 'none'");
    expect(policy, address).toContain("base-uri 'none'");
    expect(policy, address).toContain("frame-ancestors");
    expect(policy, address).not.toContain("unsafe-inline");
    expect(policy, address).not.toMatch(/'unsafe-eval'/);
    if (address.includes("/l/")) expect(headers["cache-control"], address).toContain("no-store");
    expect(status, address).toBe(address === "/nothing-here" ? 404 : 200);
  }
  // A stranger's request for the same plan shows nothing of it.
  expect((await request.get(plan)).status()).toBe(404);
});

test("markup in a record is shown as text", async ({ page }) => {
  await openAsClinician(page, /Tobias/);
  await expect(page.getByRole("article").filter({ hasText: "<img src=x onerror=alert('goal')>" }).first()).toBeVisible();
  await expect(page.locator("main img[src=x]")).toHaveCount(0);
});
