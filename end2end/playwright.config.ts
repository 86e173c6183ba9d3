import { defineConfig } from "@playwright/test";

// Loopback only: nothing that the browser itself likes to look up leaves the machine.
export const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const chromium = { launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: quiet } };

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // One Accord and one sandbox for all: stories that switch a server off must not run beside others.
  workers: 1,
  fullyParallel: false,
  // A test that passes at the second try has failed.
  retries: 0,
  forbidOnly: true,
  use: { baseURL: process.env.ACCORD_URL, trace: "retain-on-failure", locale: "en-US", timezoneId: "America/Los_Angeles", ...chromium },
  projects: [
    { name: "with script", testIgnore: /\.plain\.spec\.ts$/ },
    { name: "without script", testIgnore: /\.script\.spec\.ts$/, use: { javaScriptEnabled: false } },
  ],
});
