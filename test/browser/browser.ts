import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Browsers that may be installed, in the order of preference. */
const INSTALLED = [
  process.env["ALOFT_CHROME"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Chromium keeps to this machine: no updates, no component downloads, no look-ups of its maker's hosts. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A headless browser: one that is installed, or the one from the npm registry on Linux. */
export const openBrowser = async (): Promise<Browser> => {
  const installed = INSTALLED.find((path) => path !== "" && existsSync(path));
  if (installed) return chromium.launch({ executablePath: installed, args: QUIET });
  const packaged = (await import("@sparticuz/chromium")).default;
  return chromium.launch({ executablePath: await packaged.executablePath(), args: [...packaged.args, ...QUIET] });
};
