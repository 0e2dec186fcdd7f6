import { UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { allow } from "../../../../test/serviceRole.ts";
import { type BuildCloud, buildCloud, commands } from "../testBuilds.ts";

let on: BuildCloud;
beforeEach(async () => {
  on = await buildCloud();
});
afterEach(() => on.cloud[Symbol.asyncDispose]());

describe("a build", () => {
  it("reads parameters and secrets as its role, and hides them", async () => {
    on.fake.parameters.set("/key", "parameter-value");
    await on.cloud
      .client(SecretsManagerClient)
      .send(new CreateSecretCommand({ Name: "app", SecretString: '{"t":"secret-text"}' }));
    await on.project(commands("echo ${#P} $P $PLAIN $OVER"), {
      environment: {
        type: "LINUX_CONTAINER",
        image: "i",
        computeType: "BUILD_GENERAL1_SMALL",
        environmentVariables: [
          { name: "P", value: "/key", type: "PARAMETER_STORE" },
          { name: "PLAIN", value: "plain" },
          { name: "OVER", value: "project" },
        ],
      },
    });
    const done = await on.ended({ environmentVariablesOverride: [{ name: "OVER", value: "start" }] });
    expect(await on.logOf(done)).toContain("15 *** plain start");
    const missing = await on.ended({
      environmentVariablesOverride: [{ name: "P", value: "/none", type: "PARAMETER_STORE" }],
    });
    expect(missing.buildStatus).toBe("FAILED");
    const secret = await on.ended({
      environmentVariablesOverride: [{ name: "P", value: "app:t", type: "SECRETS_MANAGER" }],
    });
    expect(await on.logOf(secret)).toContain("11 *** plain project");
  });

  it("gives its commands credentials of its role, and nothing of the host's", async () => {
    process.env["AWS_SECRET_ACCESS_KEY"] = "of the host";
    await on.project(
      commands(
        "env | sort",
        'curl -s -H "Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN" $AWS_CONTAINER_CREDENTIALS_FULL_URI',
      ),
    );
    const log = await on.logOf(await on.ended());
    delete process.env["AWS_SECRET_ACCESS_KEY"];
    expect(log).not.toContain("of the host");
    expect(log).toContain("AWS_ENDPOINT_URL=http://127.0.0.1:4566");
    expect(log).toContain('"AccessKeyId":"***","SecretAccessKey":"***","Token":"***"');
    expect(log).toContain("AWS_CONTAINER_AUTHORIZATION_TOKEN=***");
  });

  it("changes nothing on this machine, and installs what it needs in its own HOME", async () => {
    await on.project(
      commands(
        "apt-get update && yum install -y git && apt-get install -y tar=1.2",
        'test "$(npm prefix --global)" = "$HOME/.local"',
        "yum -y install no-such-program git",
      ),
    );
    const log = await on.logOf(await on.ended());
    expect(log).toContain("Package git is already installed on this machine.");
    expect(log).toContain("Install there what this build needs: no-such-program\n");
    expect(log).toContain("Command did not exit successfully yum -y install no-such-program git exit status 1");
  });

  it("fails when its role may not write the log, or does not trust CodeBuild any more", async () => {
    await on.project(commands("true"));
    await allow(on.iam, "build", ["logs:CreateLogGroup", "logs:CreateLogStream"]);
    const denied = await on.ended();
    expect(denied).toMatchObject({ buildStatus: "FAILED" });
    expect(denied.phases?.find(({ phaseStatus }) => phaseStatus === "FAILED")?.contexts?.[0]).toMatchObject({
      statusCode: "ACCESS_DENIED",
      message: expect.stringMatching(/Error message: User: .* is not authorized to perform: logs:PutLogEvents/),
    });
    const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
    await on.iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "build",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
      }),
    );
    expect((await on.ended()).phases?.find(({ phaseStatus }) => phaseStatus === "FAILED")).toMatchObject({
      phaseType: "QUEUED",
    });
  });
});
