import { CreateChangeSetCommand, DescribeChangeSetCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";
import { parameterType } from "../../ssm/resources/parameter.ts";

const template = (reference: string) =>
  `Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q, KmsMasterKeyId: "${reference}"}}}`;

it("hands a secret to the resource and shows it nowhere", async () => {
  await using fake = await queueCloud();
  const secrets = fake.cloud.client(SecretsManagerClient);
  await secrets.send(new CreateSecretCommand({ Name: "github/token", SecretString: '{"user":"u","token":"t0ken"}' }));
  await fake.create("demo", template("{{resolve:secretsmanager:github/token:SecretString:token}}"));
  expect(fake.world.queues.get("q")).toEqual({ QueueName: "q", KmsMasterKeyId: "t0ken" });
  expect(JSON.stringify(await fake.stack("demo"))).not.toContain("t0ken");
  await expect(
    fake.cfn.send(
      new UpdateStackCommand({
        StackName: "demo",
        TemplateBody: template("{{resolve:secretsmanager:github/token:SecretString:token}}"),
      }),
    ),
  ).rejects.toThrow("No updates are to be performed.");
});

it.each([
  ["{{resolve:secretsmanager:nothing:SecretString}}", "Secrets Manager can't find the specified secret."],
  [
    "{{resolve:secretsmanager:github/token:SecretString:none}}",
    "Could not find a value associated with JSONKey in SecretString",
  ],
])("fails the resource for %s", async (reference, message) => {
  await using fake = await queueCloud();
  await fake.cloud
    .client(SecretsManagerClient)
    .send(new CreateSecretCommand({ Name: "github/token", SecretString: "{}" }));
  await fake.create("demo", template(reference));
  expect((await fake.events("demo")).find((line) => line.includes("CREATE_FAILED"))).toContain(message);
});

describe("before anything is made", () => {
  it.each([
    ["{{resolve:nothing:x}}", "Incorrect format is used in the following dynamic reference: [{{resolve:nothing:x}}]"],
    ["{{resolve:ssm:/a:}}", "Incorrect format is used in the following SSM reference: [{{resolve:ssm:/a:}}]"],
    ["{{resolve:ssm:/a}} {{resolve:ssm:/b:2}}", "Parameters: [ssm:/a, ssm:/b:2] cannot be found."],
    [
      "{{resolve:ssm-secure:/a:1}}",
      "SSM Secure reference is not supported in: [AWS::SQS::Queue/Properties/KmsMasterKeyId]",
    ],
  ])("%s is refused", async (reference, message) => {
    await using fake = await queueCloud();
    await expect(fake.create("demo", template(reference))).rejects.toThrow(message);
  });

  it("a change set fails with secure parameters where none may stand, one for each", async () => {
    await using fake = await queueCloud();
    const queue = (name: string) =>
      `${name}: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: a, Value: "{{resolve:ssm-secure:/a:1}}"}]}}`;
    const set = { StackName: "demo", ChangeSetName: "one" };
    const TemplateBody = `Resources: {${queue("A")}, ${queue("B")}}`;
    await fake.cfn.send(new CreateChangeSetCommand({ ...set, ChangeSetType: "CREATE", TemplateBody }));
    const place = "AWS::SQS::Queue/Properties/Tags";
    expect(await fake.cfn.send(new DescribeChangeSetCommand(set))).toMatchObject({
      Status: "FAILED",
      StatusReason: `SSM Secure reference is not supported in: [${place},${place}]`,
    });
  });

  it("what is there, and what the template makes itself, is found", async () => {
    await using fake = await queueCloud({ types: [parameterType] });
    await fake.cloud.client(SSMClient).send(new PutParameterCommand({ Name: "/a", Value: "v", Type: "String" }));
    const own = "P: {Type: AWS::SSM::Parameter, Properties: {Name: /own, Type: String, Value: w}}";
    const queue =
      'Q: {Type: AWS::SQS::Queue, DependsOn: P, Properties: {QueueName: q, KmsMasterKeyId: "{{resolve:ssm:/a:1}}{{resolve:ssm:/own}}"}}';
    await fake.create("demo", `Resources: {${own}, ${queue}}`);
    expect(fake.world.queues.get("q")).toMatchObject({ KmsMasterKeyId: "vw" });
  });
});
