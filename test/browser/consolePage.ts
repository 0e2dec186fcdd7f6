import type { Page } from "playwright-core";
import type { Cloud } from "../../src/index.ts";
import { consoleLinkOf } from "../consoleLink.ts";
import { openBrowser } from "./browser.ts";

/** The console of a cloud in a browser of its own. */
export interface ConsolePage extends AsyncDisposable {
  readonly page: Page;
  /** What the page's scripts and its content security policy complained of. */
  readonly complaints: string[];
  /** The console's own calls that were refused. */
  readonly refusals: string[];
  address(place: string): string;
  /** Opens a place and waits for its heading. */
  go(place: string, heading: string | RegExp): Promise<void>;
  /** Waits until a text is to be seen. */
  seen(text: string | RegExp): Promise<void>;
  /** Presses the button of this name. */
  press(name: string): Promise<void>;
  /** Comes in by a one-time link. */
  enter(): Promise<void>;
}

const DESK = { width: 1280, height: 800 };

export const consolePage = async (cloud: Cloud, patienceMs = 60_000): Promise<ConsolePage> => {
  const browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: DESK })).newPage();
  page.setDefaultTimeout(patienceMs);
  const complaints: string[] = [];
  const refusals: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  // The browser reports a breach of the content security policy as an error. What an operation refuses is none.
  page.on("console", (message) => {
    const refused = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !refused) complaints.push(message.text());
  });
  page.on("response", (response) => {
    const isCall = response.url().endsWith("/_aloft/console/call");
    if (isCall && response.status() >= 400) refusals.push(response.request().postData() ?? "");
  });
  const address = (place: string) => `${cloud.endpoint}/_aloft/console/#${place}`;
  const heading = (name?: string | RegExp) =>
    page.getByRole("heading", { level: 1, ...(name === undefined ? {} : { name }) }).waitFor();
  return {
    ...{ page, complaints, refusals, address },
    go: async (place, name) => {
      await page.goto(address(place));
      await heading(name);
    },
    seen: (text) => page.getByText(text).first().waitFor(),
    press: (name) => page.getByRole("button", { name, exact: true }).click(),
    enter: async () => {
      await page.goto(await consoleLinkOf(cloud));
      await heading();
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
};
