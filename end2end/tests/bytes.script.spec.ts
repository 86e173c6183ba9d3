import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { awake, openAsClinician } from "../support/accord";
import { expect, test } from "../support/test";

const LIMIT = 200_000;

test("script and WebAssembly of the first load stay within 200 KB, packed", async () => {
  const site = process.env.ACCORD_SITE;
  test.skip(!site, "ACCORD_SITE names the release build's site; a debug build is not measured");
  const folder = join(site!, "pkg");
  const packed = readdirSync(folder).filter((name) => /\.(js|wasm)\.br$/.test(name));
  expect(packed.some((name) => name.includes(".wasm"))).toBe(true);
  const bytes = packed.map((name) => [name, readFileSync(join(folder, name)).length] as const);
  const whole = bytes.reduce((sum, [, size]) => sum + size, 0);
  test.info().annotations.push({ type: "bytes", description: `${whole}: ${bytes.map(([name, size]) => `${name} ${size}`).join(", ")}` });
  expect(whole).toBeLessThanOrEqual(LIMIT);
});

test("a plan page loads script, WebAssembly and style once each, and nothing else but its mark", async ({ page }) => {
  const loaded: string[] = [];
  await openAsClinician(page, /Marisol/);
  // A page that is left while it awakes has nothing left to awake in, and says so.
  await awake(page);
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await page.reload();
  await awake(page);
  const assets = loaded.filter((path) => !path.startsWith("/l/") && path !== "/favicon.svg");
  expect(assets.filter((path) => !/^\/pkg\/.*\.(js|wasm|css)$/.test(path))).toEqual([]);
  expect(new Set(assets).size, assets.join(" ")).toBe(assets.length);
});
