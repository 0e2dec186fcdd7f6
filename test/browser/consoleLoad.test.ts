import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from "@aws-sdk/client-cloudformation";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CodePipelineClient, CreatePipelineCommand, StartPipelineExecutionCommand } from "@aws-sdk/client-codepipeline";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { startCloud } from "../../src/index.ts";
import { approvalOf, declared, makeGround, stagesOf } from "../../src/services/codepipeline/testPipeline.ts";
import { serviceRole } from "../serviceRole.ts";
import { consolePage } from "./consolePage.ts";
import { buildConsole } from "./deliveryWorld.ts";

const RESOURCES = 500;
const RUNS = 1000;
const LOG_BYTES = 100 * 1024 * 1024;
const LINE = "what a function has to say ".repeat(36);
const LINES_PER_CALL = 1000;
/** Rows, cells and lines that may be in the page at once, whatever there is to show. */
const MOST_ELEMENTS = 6000;

test("draws a part of 1,000 runs, 500 resources and a 100 MB log", { timeout: 600_000 }, async () => {
  buildConsole();
  await using cloud = await startCloud({ accountId: "123456789012" });
  const { endpoint, region, credentials } = cloud;
  const client = <C>(Client: new (config: object) => C): C =>
    new Client({ endpoint, region, credentials, forcePathStyle: true });

  await makeGround({ client });
  const stacks = client(CloudFormationClient);
  const Resources = Object.fromEntries(
    Array.from({ length: RESOURCES }, (_, index) => [
      `Parameter${index}`,
      { Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value: String(index) } },
    ]),
  );
  const name = { StackName: "large" };
  await stacks.send(new CreateStackCommand({ ...name, TemplateBody: JSON.stringify({ Resources }) }));
  await waitUntilStackCreateComplete({ client: stacks, maxWaitTime: 120, minDelay: 1, maxDelay: 1 }, name);

  const pipelines = client(CodePipelineClient);
  await pipelines.send(new CreatePipelineCommand(declared(stagesOf([approvalOf("Wait")]))));
  for (let run = 1; run < RUNS; run += 1) await pipelines.send(new StartPipelineExecutionCommand({ name: "app" }));

  const logs = client(CloudWatchLogsClient);
  const stream = { logGroupName: "/aws/lambda/talker", logStreamName: "2026/01/01/[$LATEST]1" };
  const Role = await serviceRole(client(IAMClient), "talker", "lambda");
  await client(LambdaClient).send(
    new CreateFunctionCommand({
      ...{ FunctionName: "talker", Role, Runtime: "nodejs22.x", Handler: "index.handler" },
      Code: { ZipFile: EMPTY_ZIP },
    }),
  );
  await logs.send(new CreateLogGroupCommand(stream));
  await logs.send(new CreateLogStreamCommand(stream));
  const from = Date.now() - 60_000;
  const calls = Math.ceil(LOG_BYTES / (LINE.length * LINES_PER_CALL));
  for (let at = 0; at < calls; at += 1) {
    const logEvents = Array.from({ length: LINES_PER_CALL }, (_, index) => ({
      timestamp: from + at,
      message: `${at * LINES_PER_CALL + index} ${LINE}`,
    }));
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
  }

  await using shown = await consolePage(cloud, 120_000);
  const { page } = shown;
  await shown.enter();
  const elements = async () => Number(await page.evaluate("document.querySelectorAll('*').length"));

  await page.goto(shown.address("/pipelines/app/history"));
  await page
    .getByText(`Runs (${RUNS})`)
    .or(page.getByText(`(${RUNS})`))
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Next page" }).click();
  expect(await elements()).toBeLessThan(MOST_ELEMENTS);

  await page.goto(shown.address("/stacks/large/resources"));
  await page.getByText(`(${RESOURCES})`).first().waitFor();
  expect(await elements()).toBeLessThan(MOST_ELEMENTS);

  await page.goto(shown.address("/stacks/large/events"));
  await page.getByRole("button", { name: "List", exact: true }).click();
  await page.getByRole("heading", { name: /^Events \(\d+\+\)/ }).waitFor();
  const known = await page.getByRole("heading", { name: /^Events/ }).innerText();
  await page.getByRole("button", { name: "Read more" }).click();
  await page
    .getByRole("heading", { name: /^Events/ })
    .filter({ hasNotText: known })
    .waitFor();
  expect(await elements()).toBeLessThan(MOST_ELEMENTS);

  await page.goto(shown.address("/functions/talker/logs"));
  await page.getByText(new RegExp(`^${calls * LINES_PER_CALL - 1} what`)).waitFor();
  expect(await elements()).toBeLessThan(MOST_ELEMENTS);
  await page.getByRole("searchbox", { name: "Find in the log" }).fill("31416 what");
  await page.getByRole("button", { name: "Find in the whole log" }).click();
  await page.getByText("1 of 1").waitFor();
  await page.getByRole("button", { name: "To the end" }).click();
  await page.getByText(new RegExp(`^${calls * LINES_PER_CALL - 1} what`)).waitFor();
});

/** A zip with nothing in it. */
const EMPTY_ZIP = Buffer.from("504b0506000000000000000000000000000000000000", "hex");
