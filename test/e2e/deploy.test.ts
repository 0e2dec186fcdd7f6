import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryDirectory } from "../socket/clouds.ts";
import { aloft, ask, plainEnvironment } from "./aloftCli.ts";
import { freePort } from "./freePort.ts";

const LIMIT_MS = 300_000;

const CHILD = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Facts: {Type: AWS::Serverless::SimpleTable}
Outputs: {Table: {Value: !Ref Facts}}
`;

/** Every SAM type that a small application has, and a hook that must let the new version through. */
const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters: {Greeting: {Type: String, Default: hello}}
Globals: {Function: {Runtime: nodejs20.x, Timeout: 20}}
Resources:
  Child: {Type: AWS::Serverless::Application, Properties: {Location: child/template.yaml}}
  Table: {Type: AWS::Serverless::SimpleTable}
  Api:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: api
      Handler: index.handler
      AutoPublishAlias: live
      Environment: {Variables: {TABLE: !Ref Table, GREETING: !Ref Greeting}}
      DeploymentPreference: {Type: AllAtOnce, Hooks: {PreTraffic: !Ref Check}}
      Events:
        Get: {Type: HttpApi, Properties: {Path: /, Method: get}}
        Nightly: {Type: ScheduleV2, Properties: {ScheduleExpression: cron(0 3 * * ? *)}}
        Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}
    Connectors: {ToTable: {Properties: {Destination: {Id: Table}, Permissions: [Read]}}}
  Check:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: check
      Handler: index.handler
      FunctionName: !Sub CodeDeployHook_\${AWS::StackName}
      DeploymentPreference: {Enabled: false}
      Policies:
        - Version: "2012-10-17"
          Statement: [{Effect: Allow, Action: codedeploy:PutLifecycleEventHookExecutionStatus, Resource: "*"}]
Outputs:
  Url: {Value: !Sub "https://\${ServerlessHttpApi}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/"}
  ChildTable: {Value: !GetAtt Child.Outputs.Table}
`;

const API = (version: number) => `
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
export const handler = async () => {
  const { Items } = await new DynamoDBClient({}).send(new ScanCommand({ TableName: process.env.TABLE }));
  return { statusCode: 200, body: process.env.GREETING + " ${version} " + Items.length };
};`;

const CHECK = (status: string) => `
import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from "@aws-sdk/client-codedeploy";
export const handler = async ({ DeploymentId, LifecycleEventHookExecutionId }) => {
  await new CodeDeployClient({}).send(new PutLifecycleEventHookExecutionStatusCommand({
    deploymentId: DeploymentId, lifecycleEventHookExecutionId: LifecycleEventHookExecutionId, status: "${status}",
  }));
};`;

const folder = temporaryDirectory();
const project = join(folder.path, "shop");
const env = plainEnvironment(join(folder.path, "home"));
let cli: ReturnType<typeof aloft>;

const write = (path: string, text: string) => {
  mkdirSync(join(project, path, ".."), { recursive: true });
  writeFileSync(join(project, path), text);
};

beforeAll(async () => {
  mkdirSync(join(folder.path, "home"));
  write("template.yaml", TEMPLATE);
  write("child/template.yaml", CHILD);
  write("api/index.mjs", API(1));
  write("check/index.mjs", CHECK("Succeeded"));
  const at = { cwd: project, env, timeoutMs: LIMIT_MS, state: join(folder.path, "state") };
  cli = aloft({ ...at, port: await freePort() });
  const started = await cli("start");
  expect(started.status, started.all).toBe(0);
}, LIMIT_MS);
afterAll(async () => {
  await cli("stop");
  folder[Symbol.dispose]();
});

const deploy = async (...more: readonly string[]) => {
  const ended = await cli("deploy", "--json", ...more);
  expect(ended.status, ended.all).toBe(0);
  return JSON.parse(ended.stdout);
};

test("deploys a SAM application whole, sends only what changed, and keeps what fails from production", {
  timeout: LIMIT_MS,
}, async () => {
  const planned = await deploy("--no-execute");
  expect(planned.changes).toContainEqual({ action: "Add", logicalId: "Table", type: "AWS::DynamoDB::Table" });
  expect(planned.changeSetId).toContain(":changeSet/");

  const first = await deploy();
  expect(first).toMatchObject({ stackName: "shop", status: "CREATE_COMPLETE", uploaded: [] });
  expect(first.outputs.ChildTable).toMatch(/^shop-Child-/);
  const answer = async () => (await ask(first.outputs.Url)).body;
  expect(await answer()).toBe("hello 1 0");

  const again = await deploy();
  expect(again).toMatchObject({ status: "CREATE_COMPLETE", changes: [], uploaded: [] });
  expect(again.unchanged).toHaveLength(3);

  write("api/index.mjs", API(2));
  const second = await deploy("--parameter", "Greeting=welcome");
  expect(second.uploaded).toHaveLength(1);
  expect(second.changes.map(({ logicalId }: { logicalId: string }) => logicalId)).toContain("ApiAliaslive");
  expect(await answer()).toBe("welcome 2 0");

  write("api/index.mjs", API(3));
  write("check/index.mjs", CHECK("Failed"));
  const failed = await cli("deploy");
  expect(failed.status).toBe(1);
  expect(failed.all).toContain("UPDATE_ROLLBACK_COMPLETE");
  expect(await answer()).toBe("welcome 2 0");
});

test("packages into a file, and onto standard output alone", { timeout: LIMIT_MS }, async () => {
  const printed = await cli("package");
  expect(printed.status, printed.all).toBe(0);
  expect(printed.stdout).toMatch(/CodeUri: s3:\/\/aloft-artifacts-/);
  const written = await cli("package", "--output", "packaged.yaml", "--json");
  expect(JSON.parse(written.stdout)).toMatchObject({ output: "packaged.yaml", uploaded: [] });
  expect(readFileSync(join(project, "packaged.yaml"), "utf8")).toBe(printed.stdout);
});

test("says what is missing", { timeout: LIMIT_MS }, async () => {
  const nothing = await cli("deploy", "--template", "nowhere.yaml");
  const said = "aloft: There is no template nowhere.yaml.\nNext: aloft deploy --help\n";
  expect([nothing.status, nothing.all]).toEqual([2, said]);
  write("broken.yaml", TEMPLATE.replace("CodeUri: api", "CodeUri: gone"));
  const gone = await cli("package", "--template", "broken.yaml");
  expect([gone.status, gone.all]).toEqual([1, expect.stringContaining("does not exist")]);
  const misused = await cli("deploy", "--target", "moon");
  expect(misused.status).toBe(2);
});
