import { type Page } from "@playwright/test";
import { another, goalForm, item, openAsClinician, openGoal } from "../support/accord";
import { expect, test } from "../support/test";

/** As a translator or an extension may: changes the insides of every island before it starts. */
async function disturb(page: Page): Promise<void> {
  await page.addInitScript(() => {
    new MutationObserver(() => {
      for (const island of document.querySelectorAll("leptos-island:not([data-disturbed])")) {
        if (!island.firstElementChild) continue;
        island.setAttribute("data-disturbed", "");
        const font = document.createElement("font");
        font.append(...island.childNodes);
        island.append(font);
      }
    }).observe(document, { childList: true, subtree: true });
  });
}

test("a page whose islands were disturbed still posts its forms and follows its links", async ({ page, watch }) => {
  watch.excuse(/.*/);
  await disturb(page);
  await openAsClinician(page, /Marisol/);
  await openGoal(page, "LDL cholesterol below 70 mg/dL");
  await expect(page.locator("leptos-island[data-disturbed]")).not.toHaveCount(0);
  const form = goalForm(page);
  await form.due.fill(await another(form.due, "2027-05-31", "2027-06-01"));
  await form.save.click();
  await expect(form.told).toContainText("Saved at Valley Primary Care");
  await page.getByRole("link", { name: "Back to the plan" }).click();
  const lit = item(page, "Goals", "HbA1c below 7.0 %");
  await lit.getByRole("link", { name: /^HbA1c/ }).click();
  await expect(page).toHaveURL(/item=/);
  await expect(lit).toHaveClass(/card--chosen/);
});
