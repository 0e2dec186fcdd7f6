import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cloud, startCloud } from "../../src/index.ts";
import { consoleLinkOf } from "../consoleLink.ts";
import { accessibilityProblems } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { misfitsOf } from "./pages.ts";

const SECRET = "root-secret";
const LIMIT_MS = 180_000;

let cloud: Cloud;
let browser: Browser;
let page: Page;
let commit = "";
const complaints: string[] = [];

const api = async (method: string, path: string, body: object) => {
  const answer = await fetch(`${cloud.endpoint}/git/api/v3${path}`, {
    method,
    headers: { authorization: `Bearer ${SECRET}` },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as { commit: { sha: string } };
};
const write = (path: string, text: string) =>
  api("PUT", `/repos/aloft/app/contents/${path}`, {
    message: `Write ${path}`,
    content: Buffer.from(text).toString("base64"),
  });

beforeAll(async () => {
  const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: SECRET };
  cloud = await startCloud({ credentials, port: 0 });
  await api("POST", "/user/repos", { name: "app", description: "An application" });
  await write("src/index.js", "export const one = 1;\n");
  commit = (await write("src/index.html", "<script>document.title = 'taken'</script>\n")).commit.sha;
  await api("POST", `/repos/aloft/app/statuses/${commit}`, { state: "success", context: "aloft/app" });
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
}, LIMIT_MS);

afterAll(async () => {
  await browser.close();
  await cloud.stop();
});

test("are asked for a password, unless the console is open", { timeout: LIMIT_MS }, async () => {
  expect((await fetch(`${cloud.endpoint}/git/`)).status).toBe(401);
  await page.goto(await consoleLinkOf(cloud));
  await page.getByRole("link", { name: "Repositories" }).click();
  await page.getByRole("heading", { level: 1, name: "Repositories" }).waitFor();
});

test("lead from the list to a commit and to a file, in which nothing runs", { timeout: LIMIT_MS }, async () => {
  await page.goto(`${cloud.endpoint}/git/`);
  await page.getByRole("link", { name: "aloft/app" }).click();
  await page.getByRole("heading", { level: 1, name: "aloft/app" }).waitFor();
  await page.goto(`${cloud.endpoint}/git/aloft/app/commits/main`);
  await page.getByRole("link", { name: new RegExp(`^${commit.slice(0, 7)}`) }).click();
  await page.getByRole("heading", { level: 1, name: /Write src\/index.html|[0-9a-f]{7}/ }).waitFor();
  expect(await page.innerText("main")).toContain("<script>document.title = 'taken'</script>");
  await page.goto(`${cloud.endpoint}/git/aloft/app/blob/main/src/index.html`);
  expect(await page.title()).not.toBe("taken");
});

const places = () => [
  "/git/",
  "/git/aloft/app",
  "/git/aloft/app/commits/main",
  `/git/aloft/app/commit/${commit}`,
  "/git/aloft/app/tree/main",
  "/git/aloft/app/blob/main/src/index.js",
];

test("are accessible in both colours, fit a phone, and break no policy of their own", {
  timeout: LIMIT_MS,
}, async () => {
  const found: string[] = [];
  for (const place of places()) {
    await page.setViewportSize({ width: 1280, height: 800 });
    expect((await page.goto(`${cloud.endpoint}${place}`))?.status()).toBe(200);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await accessibilityProblems(page)).map((problem) => `${place} ${colorScheme} ${problem}`));
    }
    await page.setViewportSize({ width: 390, height: 844 });
    found.push(...(await misfitsOf(page)).map((problem) => `${place} ${problem}`));
  }
  expect([found, complaints]).toEqual([[], []]);
});
