import {
  CreateChangeSetCommand,
  DeleteStackCommand,
  GetTemplateCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
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
  ["[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]"],
  ["[AWS::Serverless-2016-10-31, AWS::LanguageExtensions]"],
])(
  "evaluates what hangs on resources whatever transforms are beside AWS::LanguageExtensions: %s",
  async (transforms) => {
    await using fake = await queueCloud();
    await fake.create(
      "demo",
      `Transform: ${transforms}
Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}}
Outputs: {O: {Value: {Fn::ToJsonString: {name: !GetAtt Q.QueueName}}}}
`,
      EXPAND,
    );
    expect((await fake.stack("demo"))?.Outputs).toMatchObject([{ OutputValue: '{"name":"q"}' }]);
    const asked = new GetTemplateCommand({ StackName: "demo", TemplateStage: "Processed" });
    expect(JSON.parse((await fake.cfn.send(asked)).TemplateBody ?? "")).not.toHaveProperty("Transform");
  },
);

it("refuses a null at once, before any transform has run", async () => {
  await using fake = await queueCloud();
  const TemplateBody = "Transform: AWS::Serverless-2016-10-31\nParameters:\nResources: {Q: {Type: AWS::SQS::Queue}}";
  await expect(
    fake.cfn.send(
      new CreateChangeSetCommand({
        StackName: "demo",
        ChangeSetName: "c",
        ChangeSetType: "CREATE",
        TemplateBody,
        ...EXPAND,
      }),
    ),
  ).rejects.toThrow("[/Parameters] 'null' values are not allowed in templates");
});

it("evaluates what is known with AWS::LanguageExtensions, and leaves what hangs on resources", async () => {
  await using fake = await macroCloud({}, () => ({}));
  await fake.create(
    "demo",
    `Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList, Default: "a,b"}}
Resources:
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Join [".", [a, b]], DelaySeconds: {Fn::Length: !Ref Names}}}
Outputs:
  Literal: {Value: !Sub ["\${X}!", {X: hi}]}
  Given: {Value: !Sub "\${AWS::Region}"}
  Made: {Value: {Fn::ToJsonString: {Name: !GetAtt Q.QueueName}}}
`,
    EXPAND,
  );
  const { TemplateBody = "" } = await fake.cfn.send(
    new GetTemplateCommand({ StackName: "demo", TemplateStage: "Processed" }),
  );
  const processed = JSON.parse(TemplateBody);
  expect(processed).not.toHaveProperty("Transform");
  expect(processed.Resources.Q.Properties).toEqual({ QueueName: "a.b", DelaySeconds: 2 });
  expect(processed.Outputs).toEqual({
    Literal: { Value: "hi!" },
    Given: { Value: { "Fn::Sub": "${AWS::Region}" } },
    Made: { Value: { "Fn::ToJsonString": { Name: { "Fn::GetAtt": ["Q", "QueueName"] } } } },
  });
});

it("runs several transforms within a part in their order, named with or without parameters", async () => {
  const seen: unknown[] = [];
  await using fake = await macroCloud({}, ({ fragment, params, transformId }) => {
    seen.push(params);
    const { DelaySeconds = 0 } = fragment as { DelaySeconds?: number };
    const step = transformId === "123456789012::Twice" ? DelaySeconds * 2 : DelaySeconds + 3;
    return { status: "success", fragment: { DelaySeconds: step } };
  });
  await fake.create(
    "macros",
    "Resources: {P: {Type: AWS::CloudFormation::Macro, Properties: {Name: Twice, FunctionName: fn}}, W: {Type: AWS::CloudFormation::Macro, Properties: {Name: More, FunctionName: fn}}}",
  );
  await fake.create(
    "demo",
    `Parameters: {Size: {Type: String, Default: xl}}
Resources: {Q: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 1, Fn::Transform: [Twice, {Name: More, Parameters: {Size: !Ref Size}}]}}}`,
    EXPAND,
  );
  expect([...fake.world.queues.values()]).toEqual([{ DelaySeconds: 5 }]);
  expect(seen).toEqual([{}, { Size: "xl" }]);
});

it.each([
  [
    "Transform: Nobody\nResources: {Q: {Type: AWS::SQS::Queue}}",
    "Transform Nobody failed with: No transform named 123456789012::Nobody found.",
  ],
  ["Resources: {Q: {Type: AWS::SQS::Queue, Properties: {Fn::Transform: {}}}}", "every Fn::Transform must have a Name"],
  ["Transform: Silent\nResources: {Q: {Type: AWS::SQS::Queue}}", "Transform 123456789012::Silent failed without an"],
])("begins a stack with %s and takes it back", async (template, message) => {
  await using fake = await macroCloud({}, () => ({ status: "failure" }));
  await fake.create(
    "macros",
    "Resources: {P: {Type: AWS::CloudFormation::Macro, Properties: {Name: Silent, FunctionName: fn}}}",
  );
  await fake.create("demo", template, EXPAND);
  expect(await fake.events("demo")).toEqual([
    "demo CREATE_IN_PROGRESS User Initiated",
    expect.stringMatching(new RegExp(`^demo ROLLBACK_IN_PROGRESS .*${message}.*\\. Rollback requested by user\\.$`)),
    "demo ROLLBACK_COMPLETE",
  ]);
  await fake.cfn.send(new DeleteStackCommand({ StackName: "demo" }));
  await fake.cloud.tasks.idle();
  await fake.create("demo", "Resources: {Q: {Type: AWS::SQS::Queue}}");
  await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: template, ...EXPAND }));
  expect((await fake.events("demo")).slice(-4).map((line) => line.split(" ")[1])).toEqual([
    "UPDATE_IN_PROGRESS",
    "UPDATE_ROLLBACK_IN_PROGRESS",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    "UPDATE_ROLLBACK_COMPLETE",
  ]);
  expect(fake.world.queues.size).toBe(1);
});

it("refuses a transform whose name is no text", async () => {
  await using fake = await macroCloud({}, () => ({}));
  await expect(
    fake.create("demo", "Transform: [{Name: !Ref X}]\nResources: {Q: {Type: AWS::SQS::Queue}}", EXPAND),
  ).rejects.toThrow("Key Name of transform definition must be a string.");
});

it("updates a stack of transforms though nothing comes out otherwise", async () => {
  await using fake = await macroCloud({}, () => ({}));
  const TemplateBody = "Transform: AWS::LanguageExtensions\nResources: {Q: {Type: AWS::SQS::Queue}}";
  await fake.create("demo", TemplateBody, EXPAND);
  await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody, ...EXPAND }));
  await fake.cloud.tasks.idle();
  expect((await fake.stack("demo"))?.StackStatus).toBe("UPDATE_COMPLETE");
});
