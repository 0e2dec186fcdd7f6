import { UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

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
  ["{{resolve:nothing:x}}", "Incorrect format is used in the following dynamic reference: [{{resolve:nothing:x}}]"],
])("fails the resource for %s", async (reference, message) => {
  await using fake = await queueCloud();
  await fake.cloud
    .client(SecretsManagerClient)
    .send(new CreateSecretCommand({ Name: "github/token", SecretString: "{}" }));
  await fake.create("demo", template(reference));
  expect((await fake.events("demo")).find((line) => line.includes("CREATE_FAILED"))).toContain(message);
});
