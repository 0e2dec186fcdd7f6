import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DescribeStackResourceCommand,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";
import { SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityProblems } from "./axe.ts";
import { type ConsolePage, consolePage } from "./consolePage.ts";
import { type DeliveryWorld, deliveryWorld } from "./deliveryWorld.ts";

/** What a person does to runs and stages: hold, let go, stop, retry, roll back; and to a stack that drifted. */
let world: DeliveryWorld;
let shown: ConsolePage;
let page: Page;

beforeAll(async () => {
  world = await deliveryWorld();
  shown = await consolePage(world.cloud);
  page = shown.page;
  await shown.enter();
  await world.createPipeline();
}, 120_000);
afterAll(async () => {
  await shown[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const go = (place: string, heading: string) => shown.go(place, heading);
const stage = (name: string) => page.getByRole("region", { name: `Stage ${name}` });
const choose = async (name: string, what: string | RegExp) => {
  await stage(name)
    .getByRole("button", { name: `Actions for stage ${name}` })
    .click();
  await page.getByRole("menuitem", { name: what }).click();
};
const confirm = (title: string) => page.getByRole("dialog").getByRole("button", { name: title, exact: true }).click();
const approve = async () => {
  await stage("Production")
    .getByRole("button", { name: /^Approve/ })
    .click();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await stage("Production").getByText("Succeeded").first().waitFor();
};

test("holds runs before a stage with a reason, and lets them go", { timeout: 120_000 }, async () => {
  await go("/pipelines/sky", "sky");
  await approve();
  await page.getByRole("button", { name: "Hold runs before Production" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("the moon is out");
  expect(await accessibilityProblems(page)).toEqual([]);
  await confirm("Hold runs");
  await page.getByRole("button", { name: "Let runs enter Production again" }).waitFor();
  await go("/", "Your road to production");
  await page.getByText("sky: nothing enters Production").waitFor();
  await page.getByText("the moon is out").waitFor();
  await go("/pipelines/sky", "sky");
  await page.getByRole("button", { name: "Let runs enter Production again" }).click();
  await confirm("Let runs enter");
  await page.getByRole("button", { name: "Hold runs before Production" }).waitFor();
});

test("stops a run that waits", { timeout: 120_000 }, async () => {
  await page.getByRole("button", { name: "Release change" }).click();
  await stage("Production")
    .getByRole("button", { name: /^Approve/ })
    .getByText(/In progress/i)
    .waitFor();
  const stop = page.getByRole("button", { name: "Stop run" });
  await stop.click();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("dialog").getByLabel("Reason").fill("it rains");
  await confirm("Stop");
  await page.getByText("Stopping", { exact: true }).first().waitFor();
  // A run that waits for its actions can only be abandoned.
  await stop.click();
  await page.getByRole("radio", { name: "Wait" }).and(page.locator(":disabled")).waitFor();
  await confirm("Stop");
  await page.getByText("Stopped", { exact: true }).first().waitFor();
  // The button is disabled now; who goes by keys stands on it still.
  await page.locator("button:focus", { hasText: "Stop run" }).and(page.locator("[aria-disabled=true]")).waitFor();
});

test("retries a failed stage, which goes on from there", { timeout: 180_000 }, async () => {
  await world.push("Fail once", {
    // The first try leaves a mark outside of its workspace.
    "buildspec.yml": `version: 0.2\nphases: { build: { commands: ["if ! test -e ${world.folder}/tried; then touch ${world.folder}/tried; exit 1; fi"] } }\nartifacts: { files: [template.yml] }\n`,
  });
  await page.getByText("Fail once").first().waitFor();
  await stage("Build").getByText("Failed").first().waitFor();
  await choose("Build", "Retry failed actions");
  await confirm("Retry the failed actions");
  await stage("Build").getByText("Succeeded").first().waitFor();
  await approve();
});

test("rolls a stage back to an earlier run", { timeout: 180_000 }, async () => {
  await choose("Production", /^Roll back to an earlier run/);
  await page
    .getByRole("dialog")
    .getByText(/Look up/)
    .waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await confirm("Roll back");
  await page.getByText("Rollback", { exact: true }).waitFor();
  await approve();
});

test("finds what drifted from its template, and says in what", { timeout: 120_000 }, async () => {
  const { endpoint, region, credentials } = world.cloud;
  const config = { endpoint, region, credentials };
  const stacks = new CloudFormationClient(config);
  const TemplateBody = "Resources: { Jobs: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 40 } } }";
  await stacks.send(new CreateStackCommand({ StackName: "jobs", TemplateBody }));
  await waitUntilStackCreateComplete(
    { client: stacks, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
    { StackName: "jobs" },
  );
  const found = await stacks.send(new DescribeStackResourceCommand({ StackName: "jobs", LogicalResourceId: "Jobs" }));
  const QueueUrl = found.StackResourceDetail?.PhysicalResourceId ?? "";
  await new SQSClient(config).send(
    new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "50" } }),
  );
  await go("/stacks/jobs/drift", "jobs");
  await page.getByRole("button", { name: "Look for drift" }).click();
  const row = page.getByRole("row").filter({ hasText: "Jobs" });
  await row.getByText(/modified/i).waitFor();
  expect(await row.innerText()).toMatch(/VisibilityTimeout: *40 *50/);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("executes a change set once asked again", { timeout: 120_000 }, async () => {
  const client = new CloudFormationClient(world.cloud.clientConfig());
  const name = { StackName: "jobs", ChangeSetName: "longer" };
  const TemplateBody = "Resources: { Jobs: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 60 } } }";
  await client.send(new CreateChangeSetCommand({ ...name, TemplateBody }));
  await go("/stacks/jobs/changes/longer", "jobs");
  await page.getByRole("button", { name: "Execute", exact: true }).click();
  await confirm("Execute longer");
  await page.getByRole("tab", { name: "Events", selected: true }).waitFor();
  await page.getByText("Update complete").first().waitFor();
});
