import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  RemoveTagsFromResourceCommand,
  SSMClient,
  UnlabelParameterVersionCommand,
} from "@aws-sdk/client-ssm";
import { describe, expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const put = (ssm: SSMClient, Name: string, Value: string, more: Partial<PutParameterCommandInput> = {}) =>
  ssm.send(new PutParameterCommand({ Name, Value, Type: "String", ...more }));

const valueAt = async (ssm: SSMClient, Name: string) =>
  (await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value;

describe("shape", () => {
  test("a parameter as it was put", async () => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    expect(await put(ssm, "/app/url", "http://a")).toMatchObject({ Version: 1, Tier: "Standard" });
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "/app/url" }));
    expect(Parameter).toEqual({
      Name: "/app/url",
      Type: "String",
      Value: "http://a",
      Version: 1,
      LastModifiedDate: new Date(cloud.clock.now()),
      ARN: "arn:aws:ssm:us-east-1:123456789012:parameter/app/url",
      DataType: "text",
    });
  });
});

describe("refusals", () => {
  test.each<[string, Partial<PutParameterCommandInput>, string]>([
    ["a reserved name", { Name: "/aws/x" }, "AccessDeniedException"],
    ["a name that begins with ssm", { Name: "ssm-x" }, "ValidationException"],
    ["a path without its slash", { Name: "a/b" }, "ValidationException"],
    ["too many levels", { Name: `/${Array(16).fill("a").join("/")}` }, "ValidationException"],
    ["no type", { Type: undefined }, "ValidationException"],
    ["a value that is too long", { Value: "x".repeat(4097) }, "ValidationException"],
    ["a value that breaks its pattern", { AllowedPattern: "^\\d+$" }, "ParameterPatternMismatchException"],
    ["another data type", { DataType: "number" }, "ValidationException"],
    ["tags with overwrite", { Overwrite: true, Tags: [{ Key: "a", Value: "b" }] }, "ValidationException"],
  ])("%s", async (_case, more, name) => {
    await using cloud = await testCloud();
    await expect(put(cloud.client(SSMClient), "x", "y", more)).rejects.toMatchObject({ name });
  });

  test("what is there already, and what is not", async () => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    await put(ssm, "a", "1");
    await expect(put(ssm, "a", "2")).rejects.toMatchObject({ name: "ParameterAlreadyExists" });
    await expect(put(ssm, "a", "2", { Overwrite: true, Type: "SecureString" })).rejects.toMatchObject({
      name: "HierarchyTypeMismatchException",
    });
    await expect(valueAt(ssm, "b")).rejects.toMatchObject({ name: "ParameterNotFound" });
    await expect(valueAt(ssm, "a:7")).rejects.toMatchObject({ name: "ParameterVersionNotFound" });
    await expect(ssm.send(new DeleteParameterCommand({ Name: "b" }))).rejects.toMatchObject({
      name: "ParameterNotFound",
    });
  });
});

describe("behaviour", () => {
  test("a SecureString lies sealed, and is opened when asked for", async () => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    await put(ssm, "token", "hunter2", { Type: "SecureString" });
    expect(await valueAt(ssm, "token")).not.toContain("hunter2");
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "token", WithDecryption: true }));
    expect(Parameter?.Value).toBe("hunter2");
    const stored = cloud.records.scope("ssm/123456789012/us-east-1").collection("versions").get(["token", 1]);
    expect(JSON.stringify(stored)).not.toContain("hunter2");
  });

  test("versions and labels select; a label moves", async () => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    await put(ssm, "a", "one");
    await put(ssm, "a", "two", { Overwrite: true });
    const label = (ParameterVersion: number, ...Labels: string[]) =>
      ssm.send(new LabelParameterVersionCommand({ Name: "a", ParameterVersion, Labels }));
    expect(await label(1, "prod", "aws-x")).toMatchObject({ ParameterVersion: 1, InvalidLabels: ["aws-x"] });
    expect([await valueAt(ssm, "a:1"), await valueAt(ssm, "a:prod"), await valueAt(ssm, "a")]).toEqual([
      "one",
      "one",
      "two",
    ]);
    await label(2, "prod");
    expect(await valueAt(ssm, "arn:aws:ssm:us-east-1:123456789012:parameter/a:prod")).toBe("two");
    const { Parameters } = await ssm.send(new GetParameterHistoryCommand({ Name: "a" }));
    expect(Parameters?.map(({ Version, Value, Labels }) => [Version, Value, Labels])).toEqual([
      [1, "one", []],
      [2, "two", ["prod"]],
    ]);
    const removed = await ssm.send(
      new UnlabelParameterVersionCommand({ Name: "a", ParameterVersion: 2, Labels: ["prod", "x"] }),
    );
    expect(removed).toMatchObject({ RemovedLabels: ["prod"], InvalidLabels: ["x"] });
  });

  test("a hundred versions are kept, unless a label holds the oldest", async () => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    for (let version = 1; version <= 101; version++) await put(ssm, "a", String(version), { Overwrite: true });
    await expect(valueAt(ssm, "a:1")).rejects.toMatchObject({ name: "ParameterVersionNotFound" });
    await ssm.send(new LabelParameterVersionCommand({ Name: "a", ParameterVersion: 2, Labels: ["keep"] }));
    await expect(put(ssm, "a", "x", { Overwrite: true })).rejects.toMatchObject({
      name: "ParameterMaxVersionLimitExceeded",
    });
  });

  test("a path gives what lies below it, page by page", async () => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    for (const name of ["/app/a", "/app/b", "/app/sub/c", "/apple", "plain"]) await put(ssm, name, name);
    const names = async (Path: string, Recursive: boolean) =>
      (await ssm.send(new GetParametersByPathCommand({ Path, Recursive }))).Parameters?.map(({ Name }) => Name);
    expect(await names("/app", false)).toEqual(["/app/a", "/app/b"]);
    expect(await names("/app/", true)).toEqual(["/app/a", "/app/b", "/app/sub/c"]);
    expect(await names("/", false)).toEqual(["/apple", "plain"]);
    const first = await ssm.send(new GetParametersByPathCommand({ Path: "/app", MaxResults: 1 }));
    const rest = await ssm.send(new GetParametersByPathCommand({ Path: "/app", NextToken: first.NextToken }));
    expect([first.Parameters?.length, rest.Parameters?.map(({ Name }) => Name)]).toEqual([1, ["/app/b"]]);
  });

  test("many at once: what is not there is named", async () => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    await put(ssm, "a", "1");
    const got = await ssm.send(new GetParametersCommand({ Names: ["a", "b", "a:9"] }));
    expect([got.Parameters?.length, got.InvalidParameters]).toEqual([1, ["b", "a:9"]]);
    const gone = await ssm.send(new DeleteParametersCommand({ Names: ["a", "b"] }));
    expect(gone).toMatchObject({ DeletedParameters: ["a"], InvalidParameters: ["b"] });
  });

  test("filters and tags", async () => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    await put(ssm, "/app/a", "1", { Tags: [{ Key: "stage", Value: "prod" }] });
    await put(ssm, "/app/b", "x,y", { Type: "StringList" });
    const found = async (Key: string, Option: string | undefined, ...Values: string[]) =>
      (await ssm.send(new DescribeParametersCommand({ ParameterFilters: [{ Key, Option, Values }] }))).Parameters?.map(
        ({ Name }) => Name,
      );
    expect(await found("tag:stage", undefined, "prod")).toEqual(["/app/a"]);
    expect(await found("Type", "Equals", "StringList")).toEqual(["/app/b"]);
    expect(await found("Name", "BeginsWith", "/app/b")).toEqual(["/app/b"]);
    expect(await found("Path", "OneLevel", "/app")).toEqual(["/app/a", "/app/b"]);
    expect(await found("Name", "Contains", "pp/b")).toEqual(["/app/b"]);
    expect(await found("Name", "BeginsWith", "app")).toEqual(["/app/a", "/app/b"]);
    const resource = { ResourceType: "Parameter", ResourceId: "/app/a" } as const;
    await ssm.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key: "team", Value: "web" }] }));
    await ssm.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ["stage"] }));
    const { TagList } = await ssm.send(new ListTagsForResourceCommand(resource));
    expect(TagList).toEqual([{ Key: "team", Value: "web" }]);
  });

  test("a change is announced", async () => {
    await using cloud = await testCloud();
    const details: unknown[] = [];
    cloud.events.subscribe(({ source, detail }) => source === "aws.ssm" && details.push(detail));
    await put(cloud.client(SSMClient), "a", "1");
    await cloud.tasks.idle();
    expect(details).toEqual([{ operation: "Create", name: "a", type: "String" }]);
  });
});

test("a name at the root is one with and without its slash, and answered as it is asked for", async () => {
  await using cloud = await testCloud();
  const ssm = cloud.client(SSMClient);
  await put(ssm, "plain", "1");
  expect((await ssm.send(new GetParameterCommand({ Name: "/plain" }))).Parameter).toMatchObject({
    Name: "/plain",
    Value: "1",
  });
  await expect(put(ssm, "/plain", "2")).rejects.toMatchObject({ name: "ParameterAlreadyExists" });
  expect(await put(ssm, "/plain", "2", { Overwrite: true })).toMatchObject({ Version: 2 });
  expect(await valueAt(ssm, "plain")).toBe("2");
  for (const Name of ["plain/b", "/plain//b"]) {
    await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("sub-paths divided by slash symbol"),
    });
  }
});

describe("a reference to a secret", () => {
  const Name = "/aws/reference/secretsmanager/db";

  test("is read as a parameter, with what the secret says of itself", async () => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    const secrets = cloud.client(SecretsManagerClient);
    const { ARN, VersionId } = await secrets.send(new CreateSecretCommand({ Name: "db", SecretString: "one" }));
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
    expect(Parameter).toMatchObject({ Name, Type: "SecureString", Value: "one", Version: 0, ARN });
    expect(JSON.parse(Parameter?.SourceResult ?? "")).toMatchObject({
      ARN,
      name: "db",
      versionId: VersionId,
      secretString: "one",
      versionStages: ["AWSCURRENT"],
    });
    await secrets.send(new PutSecretValueCommand({ SecretId: "db", SecretString: "two" }));
    const older = new GetParameterCommand({ Name: `${Name}:AWSPREVIOUS`, WithDecryption: true });
    expect((await ssm.send(older)).Parameter).toMatchObject({ Value: "one", Selector: ":AWSPREVIOUS" });
  });

  test("is refused undecrypted, and where there is no such secret", async () => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({ name: "ValidationException" });
    await expect(ssm.send(new GetParameterCommand({ Name, WithDecryption: true }))).rejects.toMatchObject({
      name: "ParameterNotFound",
      message: `Secret ${Name} not found.`,
    });
    await put(ssm, "here", "1");
    const answer = await ssm.send(new GetParametersCommand({ Names: ["here", Name], WithDecryption: true }));
    expect(answer.Parameters?.map((each) => each.Name)).toEqual(["here"]);
    expect(answer.InvalidParameters).toEqual([Name]);
  });

  test.each([
    ["/with", "with"],
    ["without", "/without"],
  ])("%s has its tags and goes under the name %s too", async (Name, other) => {
    await using cloud = await testCloud();
    const ssm = cloud.client(SSMClient);
    await put(ssm, Name, "a");
    const tagged = { ResourceType: "Parameter" as const, ResourceId: other };
    await ssm.send(new AddTagsToResourceCommand({ ...tagged, Tags: [{ Key: "k", Value: "v" }] }));
    const { TagList } = await ssm.send(new ListTagsForResourceCommand({ ...tagged, ResourceId: Name }));
    expect(TagList).toEqual([{ Key: "k", Value: "v" }]);
    await ssm.send(new DeleteParameterCommand({ Name: other }));
    await expect(valueAt(ssm, Name)).rejects.toMatchObject({ name: "ParameterNotFound" });
  });
});
