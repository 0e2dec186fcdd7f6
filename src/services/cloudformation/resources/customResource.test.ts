import { DeleteStackCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import * as model from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { queueCloud } from "../../../../test/queueCloud.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineService } from "../../../kernel/rooms.ts";

/** A function that answers each request of CloudFormation with what `respond` makes of it. */
const functionCloud = async (respond: (request: JsonObject) => JsonObject | undefined) => {
  const requests: JsonObject[] = [];
  const lambda = defineService<object, "lambda">({
    name: "lambda",
    model,
    scope: "region",
    open: () => ({}),
    operations: {
      Invoke: () => async (_ctx, input) => {
        const request: JsonObject = JSON.parse(new TextDecoder().decode(asBytes(input.Payload)));
        requests.push(request);
        const response = respond(request);
        if (response !== undefined)
          queueMicrotask(() => answer(String(request["ResponseURL"]), { ...echoed(request), ...response }));
        return { StatusCode: 202 };
      },
    },
    iam: {},
  });
  const fake = await queueCloud({ loaders: { lambda: async () => lambda } });
  const answer = (url: string, body: JsonObject) => {
    const { host, pathname, search } = new URL(url);
    return ask(fake.cloud, { method: "PUT", host, path: pathname + search, body: JSON.stringify(body) });
  };
  return { ...fake, requests, answer, [Symbol.asyncDispose]: () => fake.cloud[Symbol.asyncDispose]() };
};

const asBytes = (payload: unknown): Uint8Array => (payload instanceof Uint8Array ? payload : new Uint8Array());

const echoed = ({ StackId = "", RequestId = "", LogicalResourceId = "" }: JsonObject): JsonObject => ({
  StackId,
  RequestId,
  LogicalResourceId,
  PhysicalResourceId: "thing-1",
  Status: "SUCCESS",
});

const TOKEN = "arn:aws:lambda:us-east-1:123456789012:function:maker";
const template = (size: number | boolean) => `Resources:
  Thing: {Type: Custom::Thing, Properties: {ServiceToken: "${TOKEN}", Size: ${size}, Deep: [{A: true}]}}
Outputs: {Url: {Value: !GetAtt Thing.Url}, Id: {Value: !Ref Thing}}
`;

it("makes, changes and takes away through the function, and hands on what it says", async () => {
  await using fake = await functionCloud(({ RequestType = "" }) => ({
    Data: { Url: `http://${String(RequestType)}` },
  }));
  await fake.create("demo", template(1));
  expect((await fake.stack("demo"))?.Outputs).toMatchObject([
    { OutputValue: "http://Create" },
    { OutputValue: "thing-1" },
  ]);
  await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: template(2) }));
  await fake.cloud.tasks.idle();
  expect((await fake.stack("demo"))?.Outputs).toMatchObject([
    { OutputValue: "http://Update" },
    { OutputValue: "thing-1" },
  ]);
  await fake.cfn.send(new DeleteStackCommand({ StackName: "demo" }));
  await fake.cloud.tasks.idle();
  expect(fake.requests).toMatchObject([
    {
      RequestType: "Create",
      ResourceType: "Custom::Thing",
      LogicalResourceId: "Thing",
      ResourceProperties: { Size: "1", Deep: [{ A: "true" }] },
    },
    {
      RequestType: "Update",
      PhysicalResourceId: "thing-1",
      OldResourceProperties: { Size: "1" },
      ResourceProperties: { Size: "2" },
    },
    { RequestType: "Delete", PhysicalResourceId: "thing-1", ResourceProperties: { Size: "2" } },
  ]);
});

it("replaces when the function answers an update with another id, and deletes the old one", async () => {
  await using fake = await functionCloud(({ RequestType, PhysicalResourceId }) => ({
    PhysicalResourceId: RequestType === "Update" ? "thing-2" : (PhysicalResourceId ?? "thing-1"),
    Data: { Url: "x" },
  }));
  await fake.create("demo", template(1));
  await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: template(2) }));
  await fake.cloud.tasks.idle();
  expect(fake.requests.at(-1)).toMatchObject({ RequestType: "Delete", PhysicalResourceId: "thing-1" });
  expect((await fake.stack("demo"))?.Outputs?.[1]?.OutputValue).toBe("thing-2");
});

it("fails with the function's own reason, and takes back what may have been made", async () => {
  await using fake = await functionCloud(({ RequestType }) =>
    RequestType === "Create" ? { Status: "FAILED", Reason: "no room" } : {},
  );
  await fake.create("demo", template(1));
  expect((await fake.stack("demo"))?.StackStatus).toBe("ROLLBACK_COMPLETE");
  expect((await fake.events("demo")).find((line) => line.includes("CREATE_FAILED"))).toMatch(
    /^Thing CREATE_FAILED Received response status \[FAILED\] from custom resource\. Message returned: no room \(RequestId: .+\)$/,
  );
  expect(fake.requests.at(-1)).toMatchObject({ RequestType: "Delete", PhysicalResourceId: "thing-1" });
});

it("does not wait for ever", async () => {
  await using fake = await functionCloud(({ RequestType }) => (RequestType === "Create" ? undefined : {}));
  const waiting = fake.create("demo", template(1));
  while (fake.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  fake.cloud.clock.advance(3_600_000);
  await waiting;
  expect((await fake.events("demo")).join("\n")).toContain(
    "CloudFormation did not receive a response from your Custom Resource.",
  );
});

it("takes answers only at the addresses it gave, and none that are too long", async () => {
  await using fake = await functionCloud(() => ({ Data: { Url: "x" } }));
  await fake.create("demo", template(1));
  const url = String(fake.requests[0]?.["ResponseURL"]);
  expect((await fake.answer(url, {})).status).toBe(403);
  expect((await fake.answer(url, { Data: "x".repeat(5000) })).status).toBe(413);
});
