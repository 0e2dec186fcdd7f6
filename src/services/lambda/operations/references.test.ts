import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionCommand,
  GetCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionUrlConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListFunctionsCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionCodeSigningConfigCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { createHello, HANDLER, lambdaCloud, zipped } from "../testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const FunctionName = "hello";
const ARN = "arn:aws:lambda:us-east-1:123456789012:function";
const refused = (command: unknown) => refusal(cloud.lambda.send(command as never));

describe("revisions", () => {
  test("a function gets another one when it is active, changed, and published", async () => {
    const made = await createHello(cloud.lambda);
    const shown = () => cloud.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const active = await shown();
    const changed = await cloud.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 9 }));
    expect(await shown()).toEqual({ ...changed, $metadata: expect.anything() });
    cloud.clock.advance(1000);
    const settled = await shown();
    expect(settled.LastUpdateStatus).toBe("Successful");
    const version = await cloud.lambda.send(new PublishVersionCommand({ FunctionName }));
    const published = await shown();
    const all = [made, active, changed, settled, version, published].map(({ RevisionId }) => RevisionId);
    expect(new Set(all).size).toBe(all.length);
    expect(changed).toMatchObject({ LastUpdateStatus: "InProgress", State: "Active" });
    const again = await cloud.lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: "1" }));
    expect(again.RevisionId).toBe(version.RevisionId);
  });

  test("a version that is published with an update is pending while that is under way", async () => {
    await createHello(cloud.lambda);
    const ZipFile = await zipped({ "index.mjs": "export const handler = async () => 2" });
    const published = await cloud.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }));
    expect(published).toMatchObject({ Version: "1", State: "Pending" });
    const shown = () => cloud.lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: "1" }));
    const pending = await shown();
    expect(pending).toMatchObject({ State: "Pending", StateReasonCode: "Creating", RevisionId: published.RevisionId });
    expect(pending).not.toHaveProperty("LastUpdateStatus");
    cloud.clock.advance(1000);
    expect(await shown()).toMatchObject({ State: "Active", LastUpdateStatus: "Successful" });
  });

  test("a list tells no states; a function made with a version is answered by its own ARN", async () => {
    const made = await createHello(cloud.lambda, HANDLER, { Publish: true });
    expect(made).toMatchObject({ FunctionArn: `${ARN}:hello`, Version: "1", State: "Pending" });
    const [listed] = (await cloud.lambda.send(new ListFunctionsCommand({}))).Functions ?? [];
    expect(listed).toMatchObject({ FunctionName, Version: "$LATEST" });
    expect(listed).not.toHaveProperty("State");
    expect(listed).not.toHaveProperty("RuntimeVersionConfig");
  });
});

describe("refusals", () => {
  test("of another region's functions, another account's, names too long and unknown runtimes", async () => {
    const elsewhere = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
    expect(await refused(new GetFunctionCommand({ FunctionName: elsewhere }))).toBe(
      "ResourceNotFoundException: Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    );
    const others = "arn:aws:lambda:us-east-1:210987654321:function:hello";
    expect(await refused(new GetFunctionCommand({ FunctionName: others }))).toMatch(/^AccessDeniedException: /);
    const Role = "arn:aws:iam::210987654321:role/hello";
    expect(await refusal(createHello(cloud.lambda, HANDLER, { Role }))).toBe(
      "AccessDeniedException: Cross-account pass role is not allowed.",
    );
    const long = "a".repeat(65);
    expect(await refusal(createHello(cloud.lambda, HANDLER, { FunctionName: long }))).toBe(
      `InvalidParameterValueException: 1 validation error detected: Value '${long}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    );
    const runtime = (Runtime: string) => refusal(createHello(cloud.lambda, HANDLER, { Runtime: Runtime as never }));
    expect(await runtime("cobol85")).toMatch(
      /^InvalidParameterValueException: Value cobol85 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x, .*\] or be a valid ARN$/,
    );
    expect(await runtime("go1.x")).toMatch(
      /^InvalidParameterValueException: The runtime parameter of go1\.x is no longer/,
    );
    expect(await runtime("nodejs14.x")).toBeUndefined();
  });

  test("of lists and maps out of bounds, shown whole", async () => {
    const architectures = await refusal(createHello(cloud.lambda, HANDLER, { Architectures: ["X86" as never] }));
    expect(architectures).toBe(
      "ValidationException: 1 validation error detected: Value '[X86]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    );
    const RoutingConfig = { AdditionalVersionWeights: { $LATEST: 0.5 } };
    const alias = { FunctionName, Name: "live", FunctionVersion: "1", RoutingConfig };
    expect(await refused(new CreateAliasCommand(alias))).toMatch(
      /^ValidationException: 1 validation error detected: Value '\{\$LATEST=0\.5\}' at 'routingConfig\.additionalVersionWeights' failed to satisfy constraint: Map keys must satisfy constraint: \[/,
    );
    const heavy = { ...alias, RoutingConfig: { AdditionalVersionWeights: { "2": 2 } } };
    expect(await refused(new CreateAliasCommand(heavy))).toBe(
      "ValidationException: 1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
    );
  });

  test("of a package, and of a request, that are too large", async () => {
    const tooLarge = await refusal(createHello(cloud.lambda, HANDLER, { Code: { ZipFile: Buffer.alloc(52_428_801) } }));
    expect(tooLarge).toBe("RequestEntityTooLargeException: Zipped size must be smaller than 52428800 bytes");
    const Environment = { Variables: { LARGE: "x".repeat(300_000) } };
    const request = createHello(cloud.lambda, HANDLER, { Code: { ZipFile: Buffer.alloc(52_428_000) }, Environment });
    expect(await refusal(request)).toBe(
      "RequestEntityTooLargeException: Request must be smaller than 70167211 bytes for the CreateFunction operation",
    );
  });

  test("of aliases, versions and URLs that are not there, each in its operation's words", async () => {
    const noFunction = "ResourceNotFoundException: The resource you requested does not exist.";
    expect(await refused(new GetFunctionUrlConfigCommand({ FunctionName }))).toBe(noFunction);
    expect(await refused(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).toBe(
      `ResourceNotFoundException: The function ${ARN}:hello:$LATEST doesn't have an EventInvokeConfig`,
    );
    const url = { FunctionName, AuthType: "NONE" as const };
    expect(await refused(new CreateFunctionUrlConfigCommand(url))).toBe(
      "ResourceNotFoundException: Function does not exist",
    );
    await createHello(cloud.lambda);
    expect(await refused(new UpdateAliasCommand({ FunctionName, Name: "live" }))).toBe(
      `ResourceNotFoundException: Alias not found: ${ARN}:hello:live`,
    );
    expect(await refused(new GetFunctionCommand({ FunctionName, Qualifier: "live" }))).toBe(
      `ResourceNotFoundException: Function not found: ${ARN}:hello:live`,
    );
    const provisioned = (Qualifier: string) =>
      refused(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }));
    expect(await provisioned("live")).toBe(`ResourceNotFoundException: Cannot find alias arn: ${ARN}:hello:live`);
    expect(await provisioned("$LATEST")).toMatch(/must be an alias or a published version\.$/);
    expect(await refused(new DeleteFunctionCommand({ FunctionName, Qualifier: "7" }))).toBeUndefined();
    const qualified = { FunctionName: `${ARN}:hello:1`, ReservedConcurrentExecutions: 1 };
    expect(await refused(new PutFunctionConcurrencyCommand(qualified))).toMatch(/permitted on Lambda functions only/);
  });

  test("of permissions and destinations that AWS would not take", async () => {
    await createHello(cloud.lambda);
    const permission = { FunctionName, StatementId: "s3", Action: "lambda:InvokeFunction", Principal: "s3" };
    expect(await refused(new AddPermissionCommand(permission))).toMatch(/The provided principal was invalid/);
    expect(await refused(new AddPermissionCommand({ ...permission, Qualifier: "$LATEST" }))).toMatch(
      /We currently do not support adding policies for \$LATEST\.$/,
    );
    expect(await refused(new RemovePermissionCommand({ FunctionName: "none", StatementId: "s3" }))).toBe(
      `ResourceNotFoundException: No policy found for: ${ARN}:none`,
    );
    const configured = (Destination?: string) =>
      refused(
        new PutFunctionEventInvokeConfigCommand({
          FunctionName,
          ...(Destination ? { DestinationConfig: { OnSuccess: { Destination } } } : {}),
        }),
      );
    expect(await configured()).toMatch(/You must specify at least one of error handling or destination setting\.$/);
    expect(await configured(`${ARN}:hello`)).toMatch(/You can't specify the function as a destination for itself\.$/);
    expect(await configured(`${ARN}:none`)).toMatch(/The destination ARN .*:none is invalid\.$/);
    const role = "arn:aws:iam:us-east-1:123456789012:role/hello";
    expect(await configured(role)).toBe(
      `InvalidParameterValueException: The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${role}), onFailure=null) is invalid.`,
    );
  });

  test("of code signing configurations that are not there", async () => {
    const CodeSigningConfigArn = `arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-${"0".repeat(17)}`;
    expect(await refused(new GetCodeSigningConfigCommand({ CodeSigningConfigArn }))).toBe(
      `ResourceNotFoundException: The Lambda code signing configuration ${CodeSigningConfigArn} can not be found.`,
    );
    expect(await refused(new PutFunctionCodeSigningConfigCommand({ FunctionName, CodeSigningConfigArn }))).toMatch(
      /^CodeSigningConfigNotFoundException: /,
    );
  });

  test("of a layer's two versions, of one from elsewhere, and of provisioning twice", async () => {
    const layer = { LayerName: "shared", Content: { ZipFile: await zipped({ "a.txt": "a" }) } };
    const one = await cloud.lambda.send(new PublishLayerVersionCommand(layer));
    const two = await cloud.lambda.send(new PublishLayerVersionCommand(layer));
    const layered = (...Layers: string[]) => refusal(createHello(cloud.lambda, HANDLER, { Layers }));
    expect(await layered(one.LayerVersionArn ?? "", two.LayerVersionArn ?? "")).toMatch(
      /^InvalidParameterValueException: Two different versions of the same layer .* are versions of the same layer\.$/,
    );
    expect(await layered("arn:aws:lambda:eu-west-1:123456789012:layer:shared:1")).toMatch(
      /Layers are expected to be in region us-east-1\.$/,
    );
    await createHello(cloud.lambda, HANDLER, { Publish: true });
    await cloud.lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
    const provision = (Qualifier: string, ProvisionedConcurrentExecutions = 1) =>
      refused(new PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }));
    expect(await provision("1", 1001)).toMatch(/greater than account's unreserved concurrency \[1000\]\.$/);
    expect(await provision("1", 950)).toMatch(/below its minimum value of \[100\]\.$/);
    expect(await provision("live")).toBeUndefined();
    expect(await provision("1")).toBe(
      "ResourceConflictException: Version is pointed by a Provisioned Concurrency alias",
    );
  });

  test("of a function of another account, where no policy can let others in", async () => {
    const FunctionName = "arn:aws:lambda:us-east-1:999999999999:function:hello:live";
    expect(await refused(new GetFunctionUrlConfigCommand({ FunctionName }))).toBe(
      `AccessDeniedException: The caller is not authorized to use resource: ${FunctionName} because no resource-based policy allows it`,
    );
  });
});
