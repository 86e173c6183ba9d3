import { test as base, expect } from "@playwright/test";
import { Sandbox } from "./sandbox";

/** What no page may do, as seen by the browser: errors, warnings, policy violations, words with other machines. */
export interface Watch {
  /** What was seen and is not excused. */
  seen(): string[];
  /** Takes a message out: this story provokes it. */
  excuse(message: RegExp): void;
}

interface Fixtures {
  watch: Watch;
  sandbox: Sandbox;
}

// No fault of a page: it was left while its script was still on the way, or a busy machine took seconds to start it
// (that nothing is loaded twice is a story of its own).
const USUAL = [/WebAssembly compilation aborted: Network error/, /^uncaught: Failed to fetch$/, /was preloaded using link preload but not used within a few seconds/];

const atHome = (address: string) => {
  const url = new URL(address);
  return ["data:", "about:", "blob:"].includes(url.protocol) || url.hostname === "127.0.0.1" || url.hostname.endsWith(".localhost");
};

/** Every story runs under the watch, and leaves the sandbox as it found it. */
export const test = base.extend<Fixtures>({
  watch: [
    async ({ context }, use) => {
      const seen: string[] = [];
      const excused: RegExp[] = [...USUAL];
      const left = () => seen.filter((message) => !excused.some((excuse) => excuse.test(message)));
      context.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) seen.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => seen.push(`uncaught: ${error.error().message}`));
      context.on("request", (request) => {
        if (!atHome(request.url())) seen.push(`request to another machine: ${request.url()}`);
      });
      await use({ seen: left, excuse: (message) => excused.push(message) });
      expect(left(), "errors, warnings, policy violations, foreign requests").toEqual([]);
    },
    { auto: true },
  ],
  sandbox: async ({}, use) => {
    const sandbox = new Sandbox();
    await use(sandbox);
    await sandbox.restore();
  },
});

export { expect };
