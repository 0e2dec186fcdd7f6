import { GetTemplateCommand } from "@aws-sdk/client-cloudformation";
import * as lambdaModel from "@aws-sdk/client-lambda";
import * as s3Model from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineService } from "../../../kernel/rooms.ts";

/** A cloud with a bucket of snippets, and a function that is a macro. */
const macroCloud = async (snippets: Record<string, string>, macro: (request: JsonObject) => JsonObject) => {
  const s3 = defineService<object, "s3">({
    name: "s3",
    model: s3Model,
    scope: "account",
    open: () => ({}),
    operations: {
      GetObject:
        () =>
        async (_ctx, { Key }) => ({ Body: snippets[Key] ?? "" }),
    },
    iam: {},
  });
  const lambda = defineService<object, "lambda">({
    name: "lambda",
    model: lambdaModel,
    scope: "region",
    open: () => ({}),
    operations: {
      Invoke:
        () =>
        async (_ctx, { Payload }) => {
          const request = JSON.parse(
            new TextDecoder().decode(Payload instanceof Uint8Array ? Payload : new Uint8Array()),
          );
          return { StatusCode: 200, Payload: new TextEncoder().encode(JSON.stringify(macro(request))) };
        },
    },
    iam: {},
  });
  return queueCloud({ loaders: { s3: async () => s3, lambda: async () => lambda } });
};

const EXPAND = { Capabilities: ["CAPABILITY_AUTO_EXPAND" as const] };

it("includes snippets, at the top and within", async () => {
  await using fake = await macroCloud({ top: "Outputs: {O: {Value: included}}", part: "DelaySeconds: 7" }, () => ({}));
  await fake.create(
    "demo",
    `Transform: {Name: AWS::Include, Parameters: {Location: s3://b/top}}
Parameters: {Bucket: {Type: String, Default: b}}
Resources:
  Q:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: q
      Fn::Transform: {Name: AWS::Include, Parameters: {Location: !Sub "s3://\${Bucket}/part"}}
`,
  );
  expect(fake.world.queues.get("q")).toEqual({ QueueName: "q", DelaySeconds: 7 });
  expect((await fake.stack("demo"))?.Outputs).toMatchObject([{ OutputValue: "included" }]);
});

it("runs macros of the user's own, over whole templates and parts", async () => {
  await using fake = await macroCloud({}, ({ fragment, params, transformId, templateParameterValues }) => ({
    status: "success",
    fragment:
      transformId === "123456789012::Whole"
        ? (fragment ?? {})
        : { ...(fragment as JsonObject), ...(params as JsonObject), ...(templateParameterValues as JsonObject) },
  }));
  await fake.create(
    "macros",
    "Resources: {P: {Type: AWS::CloudFormation::Macro, Properties: {Name: Part, FunctionName: fn}}, W: {Type: AWS::CloudFormation::Macro, Properties: {Name: Whole, FunctionName: fn}}}",
  );
  const template = `Transform: Whole
Parameters: {DelaySeconds: {Type: String, Default: "9"}}
Resources: {Q: {Type: AWS::SQS::Queue, Properties: {Fn::Transform: {Name: Part, Parameters: {QueueName: made}}}}}
`;
  await expect(fake.create("demo", template)).rejects.toThrow("Requires capabilities : [CAPABILITY_AUTO_EXPAND]");
  await fake.create("demo", template, EXPAND);
  expect(fake.world.queues.get("made")).toEqual({ QueueName: "made", DelaySeconds: 9 });
  const { TemplateBody = "" } = await fake.cfn.send(
    new GetTemplateCommand({ StackName: "demo", TemplateStage: "Processed" }),
  );
  expect(JSON.parse(TemplateBody)).not.toHaveProperty("Transform");
});

it("unrolls loops", async () => {
  await using fake = await macroCloud({}, () => ({}));
  await fake.create(
    "demo",
    `Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList, Default: "a,b"}}
Resources:
  Fn::ForEach::Queues: [Name, !Ref Names, {"Q\${Name}": {Type: AWS::SQS::Queue, DeletionPolicy: !Sub Delete, Properties: {QueueName: !Ref Name}}}]
Outputs: {Count: {Value: !Length [1, 2, 3]}}
`,
    EXPAND,
  );
  expect([...fake.world.queues.keys()]).toEqual(["a", "b"]);
  expect((await fake.stack("demo"))?.Outputs).toMatchObject([{ OutputValue: "3" }]);
});

it.each([
  [
    "Transform: Nobody\nResources: {Q: {Type: AWS::SQS::Queue}}",
    "Transform Nobody failed with: No transform named 123456789012::Nobody found.",
  ],
  ["Resources: {Q: {Type: AWS::SQS::Queue, Properties: {Fn::Transform: {}}}}", "every Fn::Transform must have a Name"],
])("refuses %s", async (template, message) => {
  await using fake = await macroCloud({}, () => ({}));
  await expect(fake.create("demo", template, EXPAND)).rejects.toThrow(message);
});
