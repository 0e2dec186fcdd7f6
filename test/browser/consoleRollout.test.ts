import {
  CloudFormationClient,
  CreateStackCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from "@aws-sdk/client-cloudformation";
import { expect, test } from "vitest";
import { startCloud } from "../../src/index.ts";
import { accessibilityProblems } from "./axe.ts";
import { consolePage } from "./consolePage.ts";
import { buildConsole } from "./deliveryWorld.ts";

const template = (answer: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Answer:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      MemorySize: ${answer === "new" ? 256 : 128}
      InlineCode: 'exports.handler = async () => "${answer}";'
      AutoPublishAlias: live
      AutoPublishAliasAllProperties: true
      DeploymentPreference: { Type: Canary10Percent5Minutes }
`;

test("shows a canary as a dial, moves its clock on, and takes the next one back", { timeout: 240_000 }, async () => {
  buildConsole();
  await using cloud = await startCloud();
  const { endpoint, region, credentials } = cloud;
  const client = new CloudFormationClient({ endpoint, region, credentials });
  const Capabilities = ["CAPABILITY_IAM" as const, "CAPABILITY_AUTO_EXPAND" as const];
  const stack = (answer: string) => ({ StackName: "canary", TemplateBody: template(answer), Capabilities });
  await client.send(new CreateStackCommand(stack("old")));
  const waiter = { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 };
  await waitUntilStackCreateComplete(waiter, { StackName: "canary" });

  await using shown = await consolePage(cloud);
  const { page } = shown;
  await shown.enter();
  const open = async () => {
    await page.goto(shown.address("/rollouts"));
    // What was read of an earlier rollout is not to be taken for this one.
    await page.reload();
    const row = page.getByRole("row").filter({ hasText: /In ?progress/i });
    await row.getByRole("link").first().click();
  };

  await client.send(new UpdateStackCommand(stack("new")));
  await open();
  await page.getByRole("img", { name: /Version 2 has 10% of the traffic, version 1 90%/ }).waitFor();
  await page.getByText(/until the next step/).waitFor();
  await page.getByRole("rowheader", { name: "MemorySize" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: /^Next step/ }).click();
  await page.getByRole("img", { name: /Version 2 has 100%/ }).waitFor();
  await page.getByText("Succeeded").first().waitFor();

  await waitUntilStackUpdateComplete(waiter, { StackName: "canary" });
  await client.send(new UpdateStackCommand(stack("newer")));
  await open();
  await page.getByRole("img", { name: /Version 3 has 10%/ }).waitFor();
  await page.getByRole("button", { name: "Roll back now" }).click();
  await page.getByText("Stopped").first().waitFor();
  // What it had reached is no longer so.
  await page.getByRole("img", { name: /Version 3 has 0% of the traffic/ }).waitFor();
});
