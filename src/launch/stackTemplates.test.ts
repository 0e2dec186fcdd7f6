import { CloudFormationClient, CreateChangeSetCommand } from "@aws-sdk/client-cloudformation";
import { expect, it } from "vitest";
import { testCloud } from "../../test/harness.ts";
import { stackOf } from "../../test/stackOf.ts";
import { stackNames, templateOf } from "./stackTemplates.ts";

const template = (topic: string) => ({
  Transform: "AWS::Serverless-2016-10-31",
  Resources: { [topic]: { Type: "AWS::SNS::Topic" } },
});

it("tells the stacks that are there, and their templates after the transform", async () => {
  const cloud = await testCloud();
  const clients = { cloudformation: cloud.client(CloudFormationClient) };
  expect(await stackNames(clients)).toEqual([]);
  const [first, second] = ["first", "second"].map((name) => stackOf(cloud, name, ["CAPABILITY_AUTO_EXPAND"]));
  await first?.create(template("one"));
  await second?.create(template("two"));
  await first?.delete();
  const asked = {
    StackName: "third",
    ChangeSetName: "plan",
    TemplateBody: '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}',
  };
  await clients.cloudformation.send(new CreateChangeSetCommand({ ...asked, ChangeSetType: "CREATE" }));
  expect(await stackNames(clients)).toEqual(["second"]);
  const { Resources } = JSON.parse(await templateOf(clients, "second"));
  expect(Resources).toEqual({ two: { Type: "AWS::SNS::Topic" } });
});
