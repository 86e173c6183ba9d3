import { defineConfig } from "@playwright/test";
import base from "./playwright.config";

// Pictures of every screen for people to look at; `cargo xtask screenshots`.
export default defineConfig({
  ...base,
  testDir: "pictures",
  timeout: 120_000,
  projects: [{ name: "pictures", use: { trace: "off" } }],
});
