import type { Page } from "playwright-core";

/** Opens a page of the console and waits until it has what it shows. */
export const visit = async (page: Page, address: string): Promise<void> => {
  // Another address of the same page would leave what is there yet in its place.
  await page.goto("about:blank");
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

/** Visits one address after the other; gives what a look at each page finds, with where it is. */
export const foundOn = async (
  page: Page,
  addresses: readonly string[],
  look: (page: Page) => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const address of addresses) {
    await visit(page, address);
    found.push(...(await look(page)).map((problem) => `${address} ${problem}`));
  }
  return found;
};
