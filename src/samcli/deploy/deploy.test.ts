import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { cloud, file, freshForEachTest, read, sam } from "../testSam.ts";

freshForEachTest();

const APPLICATION = `Transform: AWS::Serverless-2016-10-31
Parameters: { Greeting: { Type: String, Default: hi }, Hidden: { Type: String, Default: x, NoEcho: true } }
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: hello
      CodeUri: src
      Handler: index.handler
      Runtime: nodejs20.x
      Environment: { Variables: { GREETING: !Ref Greeting } }
Outputs: { Name: { Value: !Ref Hello, Description: The function } }
`;
const DEPLOY = ["deploy", "--stack-name", "app", "--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset"];

const write = () => {
  file("template.yaml", APPLICATION);
  file("src/index.js", "exports.handler = async () => process.env.GREETING");
};
const answer = async () => {
  const { Payload } = await cloud.client(LambdaClient).send(new InvokeCommand({ FunctionName: "hello" }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
};

describe("sam deploy", () => {
  it("packages what was built into the managed bucket, and tells the changes, the events and the outputs", async () => {
    write();
    expect((await sam("build")).code).toBe(0);
    const { code, out, err } = await sam(
      ...DEPLOY,
      "--resolve-s3",
      "--parameter-overrides",
      "Greeting=hello Hidden=secret",
      "--tags",
      "team=a",
    );
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out).toMatch(/Managed S3 bucket: aws-sam-cli-managed-default-samclisourcebucket-\w+/);
    expect(out).toContain('Parameter overrides          : {"Greeting": "hello", "Hidden": "*****"}');
    expect(out).toContain('Capabilities                 : ["CAPABILITY_IAM"]');
    expect(out).toMatch(/^\+ Add +Hello +AWS::Lambda::Function +N\/A/m);
    expect(out).toMatch(/^CREATE_COMPLETE +AWS::Lambda::Function +Hello/m);
    expect(out).toContain(
      "Key                 Name                \nDescription         The function        \nValue               hello",
    );
    expect(out).toContain("\nSuccessfully created/updated stack - app in us-east-1\n");
    expect(await answer()).toBe("hello");
    const { Stacks } = await cloud.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName: "app" }));
    expect(Stacks?.[0]?.Tags).toEqual([{ Key: "team", Value: "a" }]);

    cloud.clock.advance(1);
    const again = await sam(...DEPLOY, "--resolve-s3", "--tags", "team=a");
    expect(again).toMatchObject({
      code: 1,
      err: expect.stringContaining("Error: No changes to deploy. Stack app is up to date\n"),
    });
    cloud.clock.advance(1);
    const allowed = await sam(...DEPLOY, "--resolve-s3", "--tags", "team=a", "--no-fail-on-empty-changeset");
    expect(allowed).toMatchObject({
      code: 0,
      out: expect.stringContaining("No changes to deploy. Stack app is up to date\n"),
    });
  });

  it("takes its options from samconfig.toml, and only shows the changes when it is told so", async () => {
    write();
    await cloud.client(S3Client).send(new CreateBucketCommand({ Bucket: "code" }));
    file(
      "samconfig.toml",
      `version = 0.1
[default.global.parameters]
stack_name = "app"
s3_prefix = "global"
[default.deploy.parameters]
s3_bucket = "code"
s3_prefix = "app"
capabilities = "CAPABILITY_IAM CAPABILITY_AUTO_EXPAND"
parameter_overrides = "Greeting=\\"good day\\""
[other.deploy.parameters]
stack_name = "other"
`,
    );
    const planned = await sam("deploy", "--no-execute-changeset");
    expect(planned).toMatchObject({ code: 0, out: expect.stringContaining("Changeset created successfully. arn:") });
    expect(planned.out).not.toContain("Waiting for stack create/update");
    cloud.clock.advance(1);
    expect((await sam("deploy")).code).toBe(0);
    expect(await answer()).toBe("good day");
    const { Contents = [] } = await cloud.client(S3Client).send(new ListObjectsV2Command({ Bucket: "code" }));
    expect(Contents.map(({ Key }) => Key)).toEqual([
      expect.stringMatching(/^app\/[0-9a-f]{32}(\.template)?$/),
      expect.stringMatching(/^app\/[0-9a-f]{32}(\.template)?$/),
    ]);
    expect((await sam("deploy", "--config-env", "other", "--s3-bucket", "code")).out).toContain(
      "Stack name                   : other",
    );
    expect(await sam("deploy", "--config-file", "none.toml")).toMatchObject({
      code: 1,
      err: "Error: Config file none.toml does not exist or could not be read!\n",
    });
  });

  it("fails with the first cause, and deletes what was never made where it is told so", async () => {
    await cloud.client(SecretsManagerClient).send(new CreateSecretCommand({ Name: "taken", SecretString: "x" }));
    file(
      "template.yaml",
      "Resources: { S: { Type: AWS::SecretsManager::Secret, Properties: { Name: taken, SecretString: y } } }",
    );
    const failed = await sam(...DEPLOY);
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(
      /^Error: Failed to create\/update the stack: app, S \(AWS::SecretsManager::Secret\): .*taken/,
    );
    expect(failed.err).toContain("the stack is ROLLBACK_COMPLETE)");
    const deleted = await sam("deploy", "--stack-name", "gone", "--on-failure", "DELETE");
    expect(deleted).toMatchObject({ code: 1, err: expect.stringContaining("Stack gone has been deleted\n") });
    const kept = await sam("deploy", "--stack-name", "kept", "--disable-rollback");
    expect(kept.err).toContain("aws cloudformation rollback-stack --stack-name kept");
    expect(kept.err).toContain("the stack is CREATE_FAILED)");
  });

  it("refuses what it cannot do", async () => {
    write();
    expect(await sam("deploy")).toMatchObject({
      code: 2,
      err: expect.stringContaining("Error: Missing option '--stack-name', 'sam deploy --guided' can be used"),
    });
    const errorOf = async (...args: readonly string[]) => (await sam("deploy", "--stack-name", "app", ...args)).err;
    expect(await errorOf()).toBe(
      "Error: Unable to upload artifact src referenced by CodeUri parameter of Hello resource.\nS3 Bucket not specified, use --s3-bucket to specify a bucket name, or use --resolve-s3 to create a managed default bucket, or run sam deploy --guided\n",
    );
    expect(await errorOf("--guided")).toMatch(/^Error: --guided cannot be used here: builds have no terminal/);
    expect(await errorOf("--confirm-changeset")).toMatch(/^Error: --confirm-changeset needs a terminal/);
    expect(await errorOf("--on-failure", "x")).toContain(
      "Error: Invalid value for '--on-failure': 'x' is not one of 'ROLLBACK', 'DELETE', 'DO_NOTHING'.\n",
    );
    expect(await errorOf("--s3-bucket", "b", "--resolve-s3")).toMatch(
      /^Error: Cannot use both --resolve-s3 and --s3-bucket/,
    );
    file(
      "template.yaml",
      "Resources: { R: { Type: AWS::IAM::Role, Properties: { RoleName: r, AssumeRolePolicyDocument: {} } } }",
    );
    expect(await errorOf()).toMatch(
      /^Error: Failed to create changeset for the stack: app, An error occurred \(InsufficientCapabilitiesException\) when calling the CreateChangeSet operation: /,
    );
  });
});

describe("sam package", () => {
  it("writes a template that names what it sent", async () => {
    write();
    await cloud.client(S3Client).send(new CreateBucketCommand({ Bucket: "code" }));
    const { code, out, err } = await sam("package", "--s3-bucket", "code", "--output-template-file", "out.yaml");
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringMatching(/^\tUploading to [0-9a-f]{32} {2}/) });
    expect(out).toContain("Successfully packaged artifacts and wrote output template to file out.yaml.");
    expect(read("out.yaml")).toMatch(/CodeUri: s3:\/\/code\/[0-9a-f]{32}\n/);
    expect((await sam("package")).err).toBe(
      "Error: Cannot skip both --resolve-s3 and --s3-bucket parameters. Please provide one of these arguments.\n",
    );
    expect((await sam("package", "--s3-bucket", "none")).err).toMatch(
      /An error occurred \(NoSuchBucket\) when calling the PutObject operation: /,
    );
  });
});
