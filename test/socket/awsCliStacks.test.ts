import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AwsCli, awsCli, whyNoAwsCli } from "./awsCli.ts";
import { type SocketCloud, socketCloud, temporaryDirectory } from "./clouds.ts";

const LIMIT_MS = 120_000;

const TEMPLATE = `
Parameters:
  Retention: { Type: Number, Default: 7 }
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: { DisplayName: !Sub "\${AWS::StackName} builders" }
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /cli/stack, RetentionInDays: !Ref Retention }
Outputs:
  TopicArn: { Value: !Ref Topic, Export: { Name: cli-topic } }
`;

const APPLICATION = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: { Type: "AWS::Serverless::HttpApi" }
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: hello/
      Handler: index.handler
      Runtime: nodejs22.x
      Events:
        Get: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: GET, Path: "/hello/{name}" } }
Outputs:
  Url: { Value: !Sub "\${Api.ApiEndpoint}/hello" }
`;

interface StackEventView {
  readonly LogicalResourceId: string;
  readonly ResourceStatus: string;
}

describe.skipIf(whyNoAwsCli).concurrent(`stacks by the AWS CLI${whyNoAwsCli ? ` (${whyNoAwsCli})` : ""}`, () => {
  const folder = temporaryDirectory();
  const file = (name: string) => join(folder.path, name);
  let running: SocketCloud;
  let aws: AwsCli;
  beforeAll(async () => {
    running = await socketCloud("disk");
    aws = awsCli(running.cloud, folder.path);
    await writeFile(file("stack.yml"), TEMPLATE);
  });
  afterAll(async () => {
    await running[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  it("create, look, change and delete", { timeout: LIMIT_MS }, async () => {
    const named = ["--stack-name", "cli"];
    const cloudformation = (...args: readonly string[]) => aws.json("cloudformation", ...args);
    const valid = await cloudformation("validate-template", "--template-body", "file://stack.yml");
    expect(valid.Parameters).toEqual([{ ParameterKey: "Retention", DefaultValue: "7", NoEcho: false }]);
    const { StackId } = await cloudformation("create-stack", ...named, "--template-body", "file://stack.yml");
    expect(StackId).toMatch(/:stack\/cli\/[0-9a-f-]{36}$/);
    await aws.text("cloudformation", "wait", "stack-create-complete", ...named);
    const { Stacks } = await cloudformation("describe-stacks", ...named);
    expect(Stacks[0]).toMatchObject({
      StackName: "cli",
      StackStatus: "CREATE_COMPLETE",
      Parameters: [{ ParameterKey: "Retention", ParameterValue: "7" }],
    });
    const topic = Stacks[0].Outputs[0];
    expect(topic).toMatchObject({ OutputKey: "TopicArn", ExportName: "cli-topic" });
    const { StackEvents } = await cloudformation("describe-stack-events", ...named);
    const told = StackEvents.map((event: StackEventView) => `${event.LogicalResourceId} ${event.ResourceStatus}`);
    expect([told[0], told.at(-1)]).toEqual(["cli CREATE_COMPLETE", "cli CREATE_IN_PROGRESS"]);
    expect(told).toEqual(expect.arrayContaining(["Topic CREATE_IN_PROGRESS", "Logs CREATE_COMPLETE"]));
    const { StackResources } = await cloudformation("describe-stack-resources", ...named);
    expect(StackResources).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ LogicalResourceId: "Logs", PhysicalResourceId: "/cli/stack" }),
        expect.objectContaining({ LogicalResourceId: "Topic", PhysicalResourceId: topic.OutputValue }),
      ]),
    );
    expect((await cloudformation("get-template", ...named)).TemplateBody).toBe(TEMPLATE);
    const { Exports } = await cloudformation("list-exports");
    expect(Exports).toEqual([{ ExportingStackId: StackId, Name: "cli-topic", Value: topic.OutputValue }]);

    const change = [...named, "--change-set-name", "longer"];
    const parameters = ["--parameters", "ParameterKey=Retention,ParameterValue=30"];
    await cloudformation("create-change-set", ...change, "--use-previous-template", ...parameters);
    await aws.text("cloudformation", "wait", "change-set-create-complete", ...change);
    const set = await cloudformation("describe-change-set", ...change);
    expect(set).toMatchObject({ Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE" });
    expect(set.Changes).toHaveLength(1);
    expect(set.Changes[0].ResourceChange).toMatchObject({
      Action: "Modify",
      LogicalResourceId: "Logs",
      Replacement: "False",
    });
    await aws.text("cloudformation", "execute-change-set", ...change);
    await aws.text("cloudformation", "wait", "stack-update-complete", ...named);
    const groups = await aws.json("logs", "describe-log-groups", "--log-group-name-prefix", "/cli/stack");
    expect(groups.logGroups[0].retentionInDays).toBe(30);

    await aws.text("cloudformation", "delete-stack", ...named);
    await aws.text("cloudformation", "wait", "stack-delete-complete", "--stack-name", StackId);
    await expect(cloudformation("describe-stacks", ...named)).rejects.toThrow(/Stack with id cli does not exist/);
  });

  it("bad templates are refused, and say where", { timeout: LIMIT_MS }, async () => {
    const refused = async (body: string) => {
      const stack = ["--stack-name", "bad", "--template-body", body];
      return aws.text("cloudformation", "create-stack", ...stack).catch((error: Error) => error.message);
    };
    expect(await refused("Resources: [")).toMatch(/ValidationError.*Template format error: YAML not well-formed/s);
    expect(await refused('{"Resources":{"A":{"Type":"AWS::No::Such"}}}')).toMatch(/AWS::No::Such/);
    const circle = { A: topicAfter("B"), B: topicAfter("A") };
    expect(await refused(JSON.stringify({ Resources: circle }))).toMatch(/Circular dependency between resources/);
    await expect(aws.text("cloudformation", "describe-stacks", "--stack-name", "bad")).rejects.toThrow(
      /does not exist/,
    );
  });

  it("package and deploy a SAM application, and see its API", { timeout: LIMIT_MS }, async () => {
    await mkdir(file("hello"), { recursive: true });
    const code =
      "exports.handler = async (event) => ({ statusCode: 200, body: `hello ${event.pathParameters.name}` });";
    await writeFile(file("hello/index.js"), code);
    await writeFile(file("sam.yml"), APPLICATION);
    await aws.text("s3", "mb", "s3://cli-packages");
    await aws.text(
      ...["cloudformation", "package", "--template-file", "sam.yml", "--s3-bucket", "cli-packages"],
      ...["--output-template-file", "packaged.yml"],
    );
    expect(await readFile(file("packaged.yml"), "utf8")).toMatch(/CodeUri: s3:\/\/cli-packages\/[0-9a-f]{32}/);
    const deploy = ["deploy", "--template-file", "packaged.yml", "--stack-name", "app", "--capabilities"];
    const said = await aws.text("cloudformation", ...deploy, "CAPABILITY_IAM");
    expect(said).toContain("Successfully created/updated stack - app");
    const again = await aws.text("cloudformation", ...deploy, "CAPABILITY_IAM", "--no-fail-on-empty-changeset");
    expect(again).toContain("No changes to deploy. Stack app is up to date");
    const query = ["--query", "Stacks[0].Outputs[?OutputKey=='Url'].OutputValue", "--output", "text"];
    const url = await aws.text("cloudformation", "describe-stacks", "--stack-name", "app", ...query);
    const api = new URL(url).hostname.split(".")[0] ?? "";
    // The path form: not every resolver knows that names below localhost are this machine.
    const answer = await fetch(`${running.cloud.endpoint}/_execute-api/${api}/$default/hello/world`);
    expect([answer.status, await answer.text()]).toEqual([200, "hello world"]);

    const { Items } = await aws.json("apigatewayv2", "get-apis");
    expect(Items).toEqual([expect.objectContaining({ ApiId: api, ProtocolType: "HTTP" })]);
    const routes = await aws.json("apigatewayv2", "get-routes", "--api-id", api);
    expect(routes.Items.map((route: { RouteKey: string }) => route.RouteKey)).toEqual(["GET /hello/{name}"]);
    const stages = await aws.json("apigatewayv2", "get-stages", "--api-id", api);
    expect(stages.Items).toEqual([expect.objectContaining({ StageName: "$default", AutoDeploy: true })]);
  });

  const topicAfter = (other: string) => ({ Type: "AWS::SNS::Topic", DependsOn: other });
});
