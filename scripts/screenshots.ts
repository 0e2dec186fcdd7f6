import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "../test/browser/browser.ts";
import { deliveryWorld } from "../test/browser/deliveryWorld.ts";
import { consoleLinkOf } from "../test/consoleLink.ts";

/** `npm run screenshots`: the pictures of the console in docs/screenshots, made anew from a small pipeline of its own. */
const OUT = join(import.meta.dirname, "..", "docs", "screenshots");
const SIZE = { width: 1120, height: 700 };

mkdirSync(OUT, { recursive: true });
await using world = await deliveryWorld();
const browser = await openBrowser();
try {
  const page = await (await browser.newContext({ viewport: SIZE })).newPage();
  page.setDefaultTimeout(60_000);
  const base = `${world.cloud.endpoint}/_aloft/console/`;
  await page.goto(await consoleLinkOf(world.cloud));
  await page.waitForURL(base);
  const shoot = async (name: string, place: string, ready: (page: Page) => Promise<unknown>) => {
    await page.goto(`${base}#${place}`);
    await ready(page);
    await page.screenshot({ path: join(OUT, `${name}.png`) });
    console.log(`docs/screenshots/${name}.png`);
  };
  const text = (wanted: string | RegExp) => (shown: Page) => shown.getByText(wanted).first().waitFor();

  await world.createPipeline();
  await shoot("approval", "/pipelines/sky", text("Is the sky clear?"));
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await page.getByRole("region", { name: "Stage Production" }).getByText("Succeeded").nth(3).waitFor();
  // What was done is told for some seconds.
  await page.getByRole("button", { name: "Dismiss" }).waitFor({ state: "hidden" });
  await shoot("architecture", "/architecture", (shown) => shown.getByRole("img", { name: /Architecture/ }).waitFor());
  await shoot("timeline", "/stacks/sky-app/events", text(/after GetFactsRole/));
  await page.goto(`${base}#/pipelines/sky/time`);
  await page.getByRole("link", { name: "Calls made by the run" }).click();
  await page.getByRole("list", { name: "Calls of the trace" }).waitFor();
  await page.screenshot({ path: join(OUT, "trace.png") });
  await world.push("Break it", { broken: "" });
  await shoot("failure", "/pipelines/sky", async (shown) => {
    await text(/^Command did not exit|COMMAND_EXECUTION_ERROR/)(shown);
    await shown.getByRole("button", { name: "Jump to failure" }).scrollIntoViewIfNeeded();
  });
  await page.getByRole("button", { name: "Use the dark theme" }).click();
  await shoot("home", "/", text("Needs attention"));
} finally {
  await browser.close();
}
