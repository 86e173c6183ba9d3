import { awake, connect, item, openAsClinician } from "../support/accord";
import { expect, test } from "../support/test";

test("the picture of the README: three records, a thread lit", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 820 });
  await openAsClinician(page, /Marisol/);
  await connect(page, "Nephrology Associates");
  await connect(page, "University Hospital");
  await awake(page);
  await item(page, "Goals", "Weight down to 82 kg").getByRole("link", { name: /^Weight/ }).click();
  await expect(page.locator(".thread-line").first()).toBeAttached();
  await page.evaluate(() => window.scrollTo(0, 0));
  const picture = await page.screenshot({ path: "../docs/plan.png" });
  expect(picture.length, "bytes of the picture").toBeLessThan(300_000);
});
