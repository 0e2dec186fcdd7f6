import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteFunctionCommand,
  DeleteLayerVersionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { refusal } from "../../../../test/refusal.ts";
import { createHello, HANDLER, lambdaCloud, TEST_ROLE, updated, zipped } from "../testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:hello";
const hello = { FunctionName: "hello" };

describe("shape", () => {
  test("CreateFunction answers before the function is there, GetFunction after", async () => {
    const SourceKMSKeyArn = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000";
    const made = await createHello(cloud.lambda, HANDLER, {
      Code: { ZipFile: await zipped({ "index.mjs": HANDLER }), SourceKMSKeyArn },
      Tags: { a: "1" },
      Environment: { Variables: { KEY: "v" } },
    });
    expect(made).toMatchObject({ State: "Pending", StateReasonCode: "Creating", FunctionArn: ARN, Version: "$LATEST" });
    const { Configuration, Code, Tags } = await cloud.lambda.send(new GetFunctionCommand(hello));
    expect(Configuration).toEqual({
      FunctionName: "hello",
      FunctionArn: ARN,
      Runtime: "nodejs20.x",
      Role: TEST_ROLE,
      Handler: "index.handler",
      CodeSize: expect.any(Number),
      Description: "",
      Timeout: 3,
      MemorySize: 128,
      LastModified: "2026-01-01T00:00:00.000+0000",
      CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      Version: "$LATEST",
      Environment: { Variables: { KEY: "v" } },
      TracingConfig: { Mode: "PassThrough" },
      RevisionId: expect.any(String),
      State: "Active",
      LastUpdateStatus: "Successful",
      PackageType: "Zip",
      Architectures: ["x86_64"],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      RuntimeVersionConfig: { RuntimeVersionArn: expect.stringContaining(":runtime:") },
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/hello" },
    });
    expect([Tags, Code?.SourceKMSKeyArn]).toEqual([{ a: "1" }, SourceKMSKeyArn]);
    const { pathname: path, host } = new URL(Code?.Location ?? "");
    const answer = await ask(cloud, { host, path });
    expect([answer.status, answer.headers["content-length"]]).toEqual([200, String(Configuration?.CodeSize)]);
    cloud.clock.advance(11 * 60_000);
    expect((await ask(cloud, { host, path })).status).toBe(403);
  });

  test("variables do not lie readable in the store", async () => {
    await createHello(cloud.lambda, HANDLER, { Environment: { Variables: { PASSWORD: "hunter2" } } });
    const [name = ""] = cloud.records.names().filter((each) => each.endsWith("/functions"));
    expect(JSON.stringify([...cloud.records.collection(name).range()])).not.toContain("hunter2");
  });

  test("versions, listed and recognised when nothing has changed", async () => {
    await createHello(cloud.lambda);
    const publish = async () =>
      (await cloud.lambda.send(new PublishVersionCommand({ ...hello, Description: "d" }))).Version;
    expect([await publish(), await publish()]).toEqual(["1", "1"]);
    await cloud.lambda.send(new UpdateFunctionConfigurationCommand({ ...hello, Timeout: 9 }));
    updated(cloud);
    expect(await publish()).toBe("2");
    const { Versions } = await cloud.lambda.send(new ListVersionsByFunctionCommand(hello));
    expect(Versions?.map(({ Version, Timeout, FunctionArn }) => [Version, Timeout, FunctionArn])).toEqual([
      ["$LATEST", 9, `${ARN}:$LATEST`],
      ["1", 3, `${ARN}:1`],
      ["2", 9, `${ARN}:2`],
    ]);
    const page = await cloud.lambda.send(new ListFunctionsCommand({ FunctionVersion: "ALL", MaxItems: 2 }));
    expect([page.Functions?.length, page.NextMarker !== undefined]).toEqual([2, true]);
  });
});

describe("refusals", () => {
  test("of CreateFunction", async () => {
    const refused = (more: object) => refusal(createHello(cloud.lambda, HANDLER, more));
    expect(await refused({ Code: { ZipFile: Buffer.from("no zip") } })).toBe(
      "InvalidParameterValueException: Could not unzip uploaded file. Please check your file, then try to upload again.",
    );
    const ZipFile = await zipped({ "index.mjs": HANDLER });
    expect(await refused({ Code: { ZipFile, S3ObjectStorageMode: "REFERENCE" } })).toMatch(/^NotImplemented: /);
    expect(await refused({ Handler: undefined })).toBe(
      "InvalidParameterValueException: Runtime and Handler are mandatory parameters for functions created with deployment packages.",
    );
    expect(await refused({ Environment: { Variables: { AWS_REGION: "x" } } })).toContain(
      "Reserved keys used in this request: AWS_REGION",
    );
    expect(await refused({ Layers: ["arn:aws:lambda:us-east-1:123456789012:layer:none:1"] })).toContain(
      "does not exist",
    );
    expect(await refused({})).toBeUndefined();
    expect(await refused({})).toBe("ResourceConflictException: Function already exist: hello");
  });

  test("a layer of another region counts before a name that is taken", async () => {
    await createHello(cloud.lambda);
    const Layers = ["arn:aws:lambda:eu-west-1:123456789012:layer:greet:1"];
    expect(await refusal(createHello(cloud.lambda, HANDLER, { Layers }))).toMatch(
      "Layers are not in the same region as the function. Layers are expected to be in region us-east-1.",
    );
  });

  test("of what is not there, and of revisions that have passed", async () => {
    expect(await refusal(cloud.lambda.send(new GetFunctionConfigurationCommand(hello)))).toBe(
      `ResourceNotFoundException: Function not found: ${ARN}`,
    );
    await createHello(cloud.lambda);
    expect(await refusal(cloud.lambda.send(new GetPolicyCommand(hello)))).toBe(
      "ResourceNotFoundException: The resource you requested does not exist.",
    );
    expect(
      await refusal(cloud.lambda.send(new UpdateFunctionConfigurationCommand({ ...hello, RevisionId: "old" }))),
    ).toMatch(/^PreconditionFailedException: The Revision Id provided does not match/);
    expect(
      await refusal(cloud.lambda.send(new CreateAliasCommand({ ...hello, Name: "live", FunctionVersion: "3" }))),
    ).toBe(`ResourceNotFoundException: Function not found: ${ARN}:3`);
    expect(
      await refusal(
        cloud.lambda.send(new PutFunctionConcurrencyCommand({ ...hello, ReservedConcurrentExecutions: 950 })),
      ),
    ).toMatch(/below its minimum value of \[100\]/);
  });
});

describe("behaviour", () => {
  test("permissions become a policy", async () => {
    await createHello(cloud.lambda);
    const SourceArn = "arn:aws:s3:::bucket";
    const add = () =>
      cloud.lambda.send(
        new AddPermissionCommand({
          ...hello,
          StatementId: "s3",
          Action: "lambda:InvokeFunction",
          Principal: "s3.amazonaws.com",
          SourceArn,
        }),
      );
    const statement = {
      Sid: "s3",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: ARN,
      Condition: { ArnLike: { "AWS:SourceArn": SourceArn } },
    };
    expect(JSON.parse((await add()).Statement ?? "")).toEqual(statement);
    expect(await refusal(add())).toMatch(/^ResourceConflictException: The statement id \(s3\) provided already exists/);
    const { Policy = "" } = await cloud.lambda.send(new GetPolicyCommand(hello));
    expect(JSON.parse(Policy)).toEqual({ Version: "2012-10-17", Id: "default", Statement: [statement] });
    await cloud.lambda.send(new RemovePermissionCommand({ ...hello, StatementId: "s3" }));
    expect(await refusal(cloud.lambda.send(new GetPolicyCommand(hello)))).toMatch(/^ResourceNotFoundException/);
  });

  test("a layer's modules are found by the function", async () => {
    const ZipFile = await zipped({ "nodejs/node_modules/greeting/index.js": "module.exports = 'from the layer'" });
    const layer = await cloud.lambda.send(new PublishLayerVersionCommand({ LayerName: "greet", Content: { ZipFile } }));
    expect(layer.LayerVersionArn).toBe("arn:aws:lambda:us-east-1:123456789012:layer:greet:1");
    expect(
      (await cloud.lambda.send(new GetLayerVersionCommand({ LayerName: "greet", VersionNumber: 1 }))).Content?.CodeSize,
    ).toBe(ZipFile.length);
    await createHello(cloud.lambda, "", {
      Code: { ZipFile: await zipped({ "index.js": "exports.handler = async () => require('greeting')" }) },
      Layers: [layer.LayerVersionArn ?? ""],
    });
    const { Payload } = await cloud.lambda.send(new InvokeCommand(hello));
    expect(Payload?.transformToString()).toBe('"from the layer"');
  });

  test("an account's code: every version and layer counts for itself", async () => {
    const used = async () => (await cloud.lambda.send(new GetAccountSettingsCommand({}))).AccountUsage?.TotalCodeSize;
    const { CodeSize = 0 } = await createHello(cloud.lambda);
    expect(await used()).toBe(CodeSize);
    await cloud.lambda.send(new PublishVersionCommand(hello));
    expect(await used()).toBe(2 * CodeSize);
    const ZipFile = await zipped({ "a.txt": "a" });
    const layer = await cloud.lambda.send(new PublishLayerVersionCommand({ LayerName: "greet", Content: { ZipFile } }));
    expect(await used()).toBe(2 * CodeSize + ZipFile.length);
    // What was not said of a layer is not told either.
    expect(layer).not.toHaveProperty("CompatibleRuntimes");
    expect(
      await refusal(cloud.lambda.send(new DeleteLayerVersionCommand({ LayerName: "greet", VersionNumber: -1 }))),
    ).toBe("InvalidParameterValueException: Layer Version Cannot be less than 1");
  });

  test("tags; and deletion takes everything along", async () => {
    await createHello(cloud.lambda, HANDLER, { Publish: true });
    const revision = async () => (await cloud.lambda.send(new GetFunctionConfigurationCommand(hello))).RevisionId;
    const before = await revision();
    await cloud.lambda.send(new TagResourceCommand({ Resource: ARN, Tags: { b: "2" } }));
    expect(await revision()).not.toBe(before);
    expect((await cloud.lambda.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ b: "2" });
    await cloud.lambda.send(new CreateAliasCommand({ ...hello, Name: "live", FunctionVersion: "1" }));
    expect(await refusal(cloud.lambda.send(new DeleteFunctionCommand({ ...hello, Qualifier: "1" })))).toMatch(
      /referenced by one or more aliases: live/,
    );
    await cloud.lambda.send(new DeleteFunctionCommand(hello));
    expect(await refusal(cloud.lambda.send(new GetFunctionCommand({ ...hello, Qualifier: "live" })))).toMatch(
      /^ResourceNotFoundException/,
    );
    await createHello(cloud.lambda);
    expect((await cloud.lambda.send(new ListVersionsByFunctionCommand(hello))).Versions).toHaveLength(1);
  });
});
