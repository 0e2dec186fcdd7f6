import type { Page } from "playwright-core";
import { accessibilityProblems } from "./axe.ts";

/** Opens a page of the console, which is open already, and waits until it has what it shows. */
export const visit = async (page: Page, address: string): Promise<void> => {
  // Another address of the same page would leave what is there yet in its place; this one names no page.
  await page.goto(`${address.split("#")[0]}#/-`);
  await page.getByText("Nothing is here").waitFor();
  await page.goto(address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page
    .getByText(/^ ?Loading .* …$/)
    .first()
    .waitFor({ state: "hidden" });
};

/** What does not fit the page's width, one line for each. */
export const misfitsOf = async (page: Page): Promise<readonly string[]> => {
  const overflow = Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
  const broken = (await page.evaluate(BROKEN_WORDS)) as string[];
  return [...(overflow > 0 ? [`is too wide by ${overflow} px`] : []), ...broken.map((word) => `breaks ${word}`)];
};

/** Words of statuses that are drawn on more than one line. */
const BROKEN_WORDS = `[...document.querySelectorAll(".status-text")].flatMap((status) => {
  const text = status.firstChild;
  if (text?.nodeType !== Node.TEXT_NODE) return [];
  return [...text.data.matchAll(/\\S+/g)].flatMap(({ 0: word, index }) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1 ? [word] : [];
  });
})`;

/** Visits one address after the other; gives what does not fit there or is not accessible, with where it is. */
const problemsOn = async (page: Page, addresses: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const address of addresses) {
    await visit(page, address);
    const problems = [...(await misfitsOf(page)), ...(await accessibilityProblems(page))];
    found.push(...problems.map((problem) => `${address} ${problem}`));
  }
  return found;
};

/** Looks at every page on a desk in the light: themes and widths are independent, so two looks see all four. */
export const problemsOnDesk = async (page: Page, addresses: readonly string[]): Promise<readonly string[]> => {
  await page.emulateMedia({ colorScheme: "light" });
  return problemsOn(page, addresses);
};

/** Looks at every page on a phone in the dark, and at the navigation, which lies over the page there. */
export const problemsOnPhone = async (page: Page, addresses: readonly string[]): Promise<readonly string[]> => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  const found = await problemsOn(page, addresses);
  await page.getByRole("button", { name: "Open the navigation" }).click();
  await page.getByRole("button", { name: "Close the navigation" }).waitFor();
  return [...found, ...(await accessibilityProblems(page)).map((problem) => `the navigation ${problem}`)];
};
