import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with a page's accessibility, by the standards of WCAG 2.1 AA, one line for each. */
export const accessibilityProblems = async (page: Page): Promise<readonly string[]> => {
  // What fades in has other colours until it is there.
  await page.emulateMedia({ reducedMotion: "reduce" });
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(source);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(context: object, options: object): Promise<AxeResult> } };
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
    // What passed is not told, and style sheets are not fetched once more: no rule of these reads them.
    const options = { runOnly: { type: "tag", values }, resultTypes: ["violations"], preload: false };
    const { violations } = await axe.run({ exclude: [] }, options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
};

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}
