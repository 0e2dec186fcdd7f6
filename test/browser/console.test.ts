import { CodeCommitClient, CreateRepositoryCommand, PutFileCommand } from "@aws-sdk/client-codecommit";
import {
  CodePipelineClient,
  DisableStageTransitionCommand,
  EnableStageTransitionCommand,
  ListPipelineExecutionsCommand,
  StopPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PutTraceSegmentsCommand, XRayClient } from "@aws-sdk/client-xray";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsolePage, consolePage } from "./consolePage.ts";
import { type DeliveryWorld, deliveryWorld } from "./deliveryWorld.ts";
import { problemsOnDesk, problemsOnPhone, visit } from "./pages.ts";

let world: DeliveryWorld;
let shown: ConsolePage;
let page: Page;

beforeAll(async () => {
  world = await deliveryWorld();
  shown = await consolePage(world.cloud);
  page = shown.page;
}, 120_000);

afterAll(async () => {
  await shown[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const base = () => shown.address("").replace("#", "");
const go = (place: string, heading: string | RegExp) => shown.go(place, heading);
const seen = (text: string | RegExp) => shown.seen(text);
const settled = async (run: string) => {
  await page.getByRole("region", { name: "Stage Production" }).getByText(run).first().waitFor();
};

test("refuses who comes without a link", { timeout: 120_000 }, async () => {
  const visit = await page.goto(world.cloud.endpoint);
  expect([visit?.status(), page.url()]).toEqual([401, base()]);
  expect(await page.innerText("h1")).toBe("The console is locked");
  const status = await page.evaluate(async () => (await fetch("/_aloft/console/session")).status);
  expect(status).toBe(401);
});

test("opens by its link, under a policy that lets it load only what is its own", { timeout: 120_000 }, async () => {
  await shown.enter();
  await page.getByRole("heading", { level: 1, name: "Your road to production" }).waitFor();
  expect(page.url()).toBe(base());
  await seen("No pipeline yet");
  const answer = await page.request.get(base());
  const policy = answer.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe");
  expect(await page.evaluate("document.cookie")).toBe("");
});

test("shows the first run as it happens, and takes an approval", { timeout: 180_000 }, async () => {
  await world.createPipeline();
  await page.getByRole("link", { name: "sky", exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: "sky" }).waitFor();
  await seen("Is the sky clear?");
  await seen(/Look up/);
  await seen(/by Ada/);
  await page.getByRole("link", { name: "https://example.com/sky" }).waitFor();
  await page.getByLabel("Comment").fill("All clear.");
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await settled("Succeeded");
  await page.getByRole("button", { name: /^Check/ }).click();
  await seen("looking at the sky");
  await page.getByRole("button", { name: /^Changes/ }).click();
  await seen("AWS::Lambda::Function");
  await page.getByRole("tab", { name: "Artifacts" }).click();
  await seen(/from Build \/ Check at/);
  await seen(/sha256:[0-9a-f]{64}/);
});

test("shows a failed push with its cause first, then the fix that goes through", { timeout: 180_000 }, async () => {
  await go("/pipelines/sky", "sky");
  await world.push("Break it", { broken: "" });
  await seen(/Break it/);
  await seen(/Command did not exit successfully|COMMAND_EXECUTION_ERROR/);
  await page.getByRole("button", { name: "Jump to failure" }).click();
  await go("/", "Your road to production");
  await seen("sky: Build / Check failed");

  await world.push("Mend it", {
    "buildspec.yml":
      "version: 0.2\nphases: { build: { commands: [echo mended] } }\nartifacts: { files: [template.yml] }\n",
  });
  await seen("sky: Production / Approve waits for your approval");
  await page.getByRole("link", { name: /Look at: sky: Production/ }).click();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await settled("Succeeded");
  await go("/pipelines/sky/history", "sky");
  await page
    .getByRole("checkbox", { name: /^Select [0-9a-f-]{36}/ })
    .nth(0)
    .click();
  await page
    .getByRole("checkbox", { name: /^Select [0-9a-f-]{36}/ })
    .nth(1)
    .click();
  await page.getByRole("button", { name: "Compare two" }).click();
  await page.getByRole("rowheader", { name: "Build / Check" }).waitFor();
});

test("says what a run waits for that may not enter a stage", { timeout: 120_000 }, async () => {
  const { endpoint, region, credentials } = world.cloud;
  const client = new CodePipelineClient({ endpoint, region, credentials });
  const transition = { pipelineName: "sky", stageName: "Production", transitionType: "Inbound" } as const;
  await client.send(new DisableStageTransitionCommand({ ...transition, reason: "nobody deploys on Fridays" }));
  await world.push("Look twice", { "notes.txt": "twice" });
  await go("/pipelines/sky", "sky");
  await seen("Waits for the stage Production");
  await seen("No run is let in: nobody deploys on Fridays.");
  const { pipelineExecutionSummaries: [waiting] = [] } = await client.send(
    new ListPipelineExecutionsCommand({ pipelineName: "sky" }),
  );
  const { pipelineExecutionId } = waiting ?? {};
  await client.send(new StopPipelineExecutionCommand({ pipelineName: "sky", pipelineExecutionId }));
  await client.send(new EnableStageTransitionCommand(transition));
  await page.getByText("Waits for the stage Production").waitFor({ state: "hidden" });
});

test("shows the stack, its template and its architecture", { timeout: 120_000 }, async () => {
  await go("/stacks/sky-app/resources", "sky-app");
  await page.getByRole("link", { name: /^sky-app-GetFacts-/ }).waitFor();
  await go("/stacks/sky-app/template/Facts", "sky-app");
  await page.locator(".line-marked", { hasText: "Facts:" }).waitFor();
  await go("/stacks/sky-app/events", "sky-app");
  await seen(/after FactsTable|after GetFactsRole/);
  await go("/architecture", "Architecture");
  await page.getByRole("img", { name: /Architecture of/ }).waitFor();
});

test("writes and queries the items of a table", { timeout: 120_000 }, async () => {
  await page.goto(shown.address("/tables"));
  await page.getByRole("link", { name: /^sky-app-Facts-/ }).click();
  await page.getByRole("button", { name: "New item" }).click();
  await page.getByLabel("Value of name").fill("cloud");
  await page.getByRole("button", { name: "Add attribute" }).click();
  await page.getByLabel("Attribute", { exact: true }).last().fill("count");
  await page.getByRole("button", { name: "Type of count" }).click();
  await page.getByRole("option", { name: "Number", exact: true }).click();
  await page.getByLabel("Value of count").fill("x");
  await seen("This is no number.");
  await page.getByLabel("Value of count").fill("42");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("cell", { name: "42" }).waitFor();
  await page.getByRole("button", { name: "Query and filter" }).click();
  await page.getByLabel("name", { exact: true }).fill("nothing");
  await page.getByRole("button", { name: "Query", exact: true }).click();
  await seen("None is as you ask.");
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByRole("checkbox", { name: /cloud/ }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete 1 item" }).click();
  await seen("The table is empty.");
});

test("calls the API, and tells what was called under the function's role", { timeout: 120_000 }, async () => {
  await page.goto(shown.address("/apis"));
  await page.getByRole("link", { name: "sky-app" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  await seen('"sky": "blue"');
  await page.goto(shown.address("/functions"));
  await page
    .getByRole("link", { name: /^sky-app-GetFacts-/ })
    .first()
    .click();
  await page
    .getByRole("cell", { name: /of 128 MB/ })
    .first()
    .waitFor();
  await page.getByRole("img", { name: /^Invocations, .* at most 1$/ }).waitFor();
  await page.getByRole("tab", { name: "Logs" }).click();
  await seen(/REPORT RequestId/);
  await page.goto(shown.address("/roles"));
  await page.getByRole("link", { name: /^sky-app-GetFactsRole-/ }).click();
  await seen("Least-privilege policy");
  await seen(/"dynamodb:Scan"/);
  // Tomorrow's streams of the log have other names.
  await seen(/log-group:\/aws\/lambda\/sky-app-GetFacts-[^:]*:log-stream:\*"/);
  await page.goto(shown.address("/traces"));
  await page.getByRole("link", { name: /^1-/ }).first().click();
  const calls = page.getByRole("list", { name: "Calls of the trace" });
  await calls.getByText("lambda:Invoke").waitFor();
  await calls.getByText("dynamodb:Scan").waitFor();
  // What code tells X-Ray of the same request is drawn beside the calls, as soon as it comes.
  const [, trace_id] = /#\/traces\/([^/?]+)/.exec(page.url()) ?? [];
  const at = Number.parseInt(trace_id?.split("-")[1] ?? "", 16);
  const times = { start_time: at, end_time: at + 1 };
  const inner = { id: "00000000000000a2", name: "checkout", annotations: { tier: "gold" }, fault: true, ...times };
  const segment = { id: "00000000000000a1", name: "shop", trace_id, ...times, subsegments: [inner] };
  const TraceSegmentDocuments = [JSON.stringify(segment)];
  const { endpoint, region, credentials } = world.cloud;
  const xray = new XRayClient({ endpoint, region, credentials });
  await xray.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments }));
  const segments = page.getByRole("list", { name: "X-Ray segments of the trace" });
  await segments.getByText("tier: gold").waitFor();
  await expect(segments.getByRole("listitem").allTextContents()).resolves.toHaveLength(2);
});

const PLACES: readonly string[] = [
  ...["/", "/architecture", "/rollouts", "/activity", "/activity/-/events"],
  ...["", "/history", "/time", "/structure"].map((tab) => `/pipelines/sky${tab}`),
  ...["", "/resources", "/events", "/template", "/changes", "/drift"].map((tab) => `/stacks/sky-app${tab}`),
];
/** Lists, each with pages of what is in them. */
const LISTS = [
  ...["pipelines", "repositories", "builds", "stacks", "apis", "functions"],
  ...["tables", "buckets", "secrets", "roles", "traces"],
];
/** What a thing's page has beside what it opens with, by its list. */
const TABS: Readonly<Record<string, readonly string[]>> = {
  functions: ["logs", "configuration", "versions", "test"],
  tables: ["stream", "description"],
  repositories: ["commits", "branches", "pulls"],
};

/** Addresses of things that are not there, by the list that each would be in. */
const NOT_THERE = {
  Pipelines: "/pipelines/none",
  CodeCommit: "/repositories/none",
  Builds: "/builds/none%3A1",
  Stacks: "/stacks/none",
  Rollouts: "/rollouts/d-NONE12345",
  APIs: "/apis/none",
  Functions: "/functions/none",
  Tables: "/tables/none",
  Queues: "/queues/none",
  Secrets: "/secrets/none",
  Schedules: "/schedules/default/none",
  "Event buses": "/buses/default/rules/none",
  Alarms: "/alarms/none",
  Roles: "/roles/none",
};

/** Every page of the console: of each list the page of the first thing in it, too. */
const everyPlace = async (): Promise<readonly string[]> => {
  const places = [...PLACES];
  for (const list of LISTS) {
    await page.goto(shown.address(`/${list}`));
    const link = page.locator(`main a[href^="#/${list}/"]`).first();
    const href = ((await link.getAttribute("href")) ?? "").slice(1);
    places.push(`/${list}`, href, ...(TABS[list] ?? []).map((tab) => `${href}/${tab}`));
  }
  return places.map((place) => shown.address(place));
};
test("leads from a CodeCommit repository to its commits, its files and what a commit changed", {
  timeout: 60_000,
}, async () => {
  const client = new CodeCommitClient(world.cloud.clientConfig());
  const repository = { repositoryName: "facts" };
  await client.send(new CreateRepositoryCommand({ ...repository, repositoryDescription: "of the sky" }));
  await go("/repositories/facts", "facts");
  await seen("Nothing was pushed yet");
  const put = (filePath: string, text: string, parentCommitId?: string) =>
    client.send(
      new PutFileCommand({
        ...{ ...repository, filePath, branchName: "main", commitMessage: `Write ${filePath}`, name: "Ada" },
        ...{ fileContent: Buffer.from(text), ...(parentCommitId ? { parentCommitId } : {}) },
      }),
    );
  const { commitId } = await put("README.md", "# Facts\n");
  await put("src/old clouds/one.js", "export const one = 1;\n", commitId);
  await page.getByRole("link", { name: "src/", exact: true }).click();
  await page.getByRole("link", { name: "old clouds/", exact: true }).click();
  await page.getByRole("link", { name: "one.js", exact: true }).click();
  await seen("export const one = 1;");
  await page.reload();
  await seen("export const one = 1;");
  await page.getByRole("tab", { name: "Commits" }).click();
  const row = page.getByRole("row", { name: /Write src/ });
  await row.getByRole("link").click();
  await page.getByRole("table", { name: "Changed files" }).getByText("Added").waitFor();
  await page.getByRole("link", { name: "src/old clouds/one.js" }).waitFor();
  await page.getByRole("tab", { name: "Branches" }).click();
  await page.getByRole("link", { name: "main", exact: true }).click();
  await seen("Write README.md");
});

test("opens what has slashes and colons in its name", { timeout: 60_000 }, async () => {
  const { endpoint, region, credentials } = world.cloud;
  const secrets = new SecretsManagerClient({ endpoint, region, credentials });
  await secrets.send(new CreateSecretCommand({ Name: "sky/token", SecretString: "blue" }));
  await go("/secrets", /^Secrets/);
  await page.getByRole("link", { name: "sky/token" }).click();
  await page.getByRole("heading", { level: 1, name: "sky/token" }).waitFor();
  await page.getByRole("button", { name: "Reveal" }).click();
  await seen("blue");
  await go("/builds", /^Builds/);
  await page.locator('main a[href^="#/builds/check%3A"]').first().click();
  await page.getByRole("heading", { level: 1, name: "check" }).waitFor();
});

test("says below its name what is not there, with the way back to its list", { timeout: 120_000 }, async () => {
  const refusedBefore = shown.refusals.length;
  for (const [list, address] of Object.entries(NOT_THERE)) {
    await visit(page, shown.address(address));
    await page.getByRole("heading", { level: 1, name: "none" }).waitFor();
    const back = page.getByRole("navigation", { name: "Where you are" }).getByRole("link", { name: list });
    await back.first().waitFor();
    await page
      .locator("#content")
      .getByText(/not (be )?found|cannot be found|not exist|is no|not have|can't find/i)
      .first()
      .waitFor();
    expect([address, await page.getByText("Not run").count()]).toEqual([address, 0]);
  }
  shown.refusals.length = refusedBefore;
});

test("goes by keys alone, past the navigation and into a dialog and out again", { timeout: 120_000 }, async () => {
  const press = (...keys: readonly string[]) =>
    keys.reduce(async (before, key) => {
      await before;
      await page.keyboard.press(key);
    }, Promise.resolve());
  const focused = () => page.evaluate("document.activeElement.innerText.trim()");
  await page.goto("about:blank");
  await go("/buckets", /^Buckets/);
  expect(await page.title()).toBe("Buckets · aloft");
  await press("Tab");
  expect(await focused()).toBe("Skip to the content");
  await press("Enter");
  expect(await page.evaluate("document.activeElement.id")).toBe("content");
  const bucket = page.locator("main a[href^='#/buckets/']").first();
  await bucket.focus();
  const name = await bucket.innerText();
  await press("Enter");
  await page.getByRole("heading", { level: 1, name }).waitFor();
  expect(await page.title()).toBe(`${name} · Buckets · aloft`);
  await page.waitForFunction("document.activeElement.id === 'content'");
  await go("/tables", /^Tables/);
  await page.locator("main a[href^='#/tables/']").first().press("Enter");
  const opener = page.getByRole("button", { name: "New item" });
  await opener.press("Enter");
  const inDialog = "document.activeElement.closest('[role=dialog]') !== null";
  await page.waitForFunction(inDialog);
  await press("Shift+Tab", "Shift+Tab");
  expect(await page.evaluate(inDialog)).toBe(true);
  await press("Escape");
  await page.waitForFunction("document.activeElement.innerText.trim() === 'New item'");
});

test("every page is accessible in the light, on a phone in the dark, too, and none complained", {
  timeout: 300_000,
}, async () => {
  const addresses = await everyPlace();
  expect(await problemsOnDesk(page, addresses)).toEqual([]);
  expect(await problemsOnPhone(page, addresses)).toEqual([]);
  expect([shown.complaints, shown.refusals]).toEqual([[], []]);
});

test("shows how to come in once the session has ended", { timeout: 60_000 }, async () => {
  await page.context().clearCookies();
  await page.goto(shown.address("/layers"));
  await page.getByRole("heading", { level: 1, name: "The console is locked" }).waitFor();
});
