import { expect, test } from "../support/test";

test("the watch sees errors, broken policy and words with other machines", async ({ page, watch }) => {
  await page.goto("/");
  await page.evaluate(() => {
    console.error("an error");
    document.head.insertAdjacentHTML("beforeend", "<style>body { color: red }</style>");
    const image = document.createElement("img");
    image.src = "http://example.invalid/pixel.png";
    document.body.append(image);
  });
  const seen = () => watch.seen().join("\n");
  await expect.poll(seen).toContain("an error");
  await expect.poll(seen).toMatch(/inline style/i);
  await expect.poll(seen).toContain("example.invalid");
  watch.excuse(/an error|Content Security Policy|example\.invalid/);
});
