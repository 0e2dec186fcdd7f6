import {
  CreatePlatformApplicationCommand,
  CreatePlatformEndpointCommand,
  type CreatePlatformEndpointCommandInput,
  DeleteEndpointCommand,
  DeletePlatformApplicationCommand,
  GetEndpointAttributesCommand,
  GetPlatformApplicationAttributesCommand,
  ListEndpointsByPlatformApplicationCommand,
  ListPlatformApplicationsCommand,
  PublishCommand,
  SetEndpointAttributesCommand,
  SetPlatformApplicationAttributesCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

let cloud: TestCloud;
let sns: SNSClient;

beforeEach(async () => {
  cloud = await testCloud();
  sns = cloud.client(SNSClient);
});
afterEach(() => cloud[Symbol.asyncDispose]());

const CREDENTIALS = { PlatformPrincipal: "id", PlatformCredential: "secret" };

const create = (Name: string, Platform = "ADM", Attributes: Record<string, string> = CREDENTIALS) =>
  sns.send(new CreatePlatformApplicationCommand({ Name, Platform, Attributes }));

const application = async () => (await create("app")).PlatformApplicationArn ?? "";

describe("platform applications", () => {
  test("are kept without their secrets, listed, changed and deleted", async () => {
    const PlatformApplicationArn = await application();
    expect(PlatformApplicationArn).toBe("arn:aws:sns:us-east-1:123456789012:app/ADM/app");
    expect(await application()).toBe(PlatformApplicationArn);
    const Attributes = { SuccessFeedbackSampleRate: "50" };
    await sns.send(new SetPlatformApplicationAttributesCommand({ PlatformApplicationArn, Attributes }));
    const got = await sns.send(new GetPlatformApplicationAttributesCommand({ PlatformApplicationArn }));
    expect(got.Attributes).toEqual({ Enabled: "true", SuccessFeedbackSampleRate: "50" });
    const { PlatformApplications } = await sns.send(new ListPlatformApplicationsCommand({}));
    expect(PlatformApplications).toEqual([{ PlatformApplicationArn, Attributes: got.Attributes }]);
    await sns.send(new DeletePlatformApplicationCommand({ PlatformApplicationArn }));
    const gone = sns.send(new ListEndpointsByPlatformApplicationCommand({ PlatformApplicationArn }));
    expect(await refusal(gone)).toBe("NotFoundException: PlatformApplication does not exist");
  });

  test.each([
    ["app", "AAA", CREDENTIALS, "Platform Reason: AAA is not supported"],
    ["", "ADM", CREDENTIALS, " Reason: cannot be empty"],
    [
      "@name",
      "ADM",
      CREDENTIALS,
      "@name Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'",
    ],
    [
      "app",
      "ADM",
      { PlatformPrincipal: "id" },
      "Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential",
    ],
    [
      "app",
      "ADM",
      { PlatformCredential: "s" },
      "Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal",
    ],
  ])("are refused: %s %s %j", async (name, platform, attributes: Record<string, string>, message) => {
    expect(await refusal(create(name, platform, attributes))).toBe(
      `InvalidParameterException: Invalid parameter: ${message}`,
    );
  });
});

describe("platform endpoints", () => {
  const endpoint = async (more: Partial<CreatePlatformEndpointCommandInput> = {}) => {
    const PlatformApplicationArn = await application();
    return sns.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token: "token", ...more }));
  };

  test("are one for each token, listed, changed and deleted", async () => {
    const { EndpointArn = "" } = await endpoint({ CustomUserData: "mine" });
    expect(EndpointArn).toMatch(/^arn:aws:sns:us-east-1:123456789012:endpoint\/ADM\/app\/[0-9a-f-]{36}$/);
    expect((await endpoint({ CustomUserData: "mine" })).EndpointArn).toBe(EndpointArn);
    expect(await refusal(endpoint({ CustomUserData: "other" }))).toBe(
      `InvalidParameterException: Invalid parameter: Token Reason: Endpoint ${EndpointArn} already exists with the same Token, but different attributes.`,
    );
    await sns.send(new SetEndpointAttributesCommand({ EndpointArn, Attributes: { Enabled: "false" } }));
    const { Attributes } = await sns.send(new GetEndpointAttributesCommand({ EndpointArn }));
    expect(Attributes).toEqual({ CustomUserData: "mine", Enabled: "false", Token: "token" });
    const PlatformApplicationArn = await application();
    const listed = () => sns.send(new ListEndpointsByPlatformApplicationCommand({ PlatformApplicationArn }));
    expect((await listed()).Endpoints).toEqual([{ EndpointArn, Attributes }]);
    await sns.send(new DeleteEndpointCommand({ EndpointArn }));
    expect((await listed()).Endpoints).toEqual([]);
  });

  test("are refused as AWS refuses them, and messages to them by name", async () => {
    const { EndpointArn = "" } = await endpoint();
    expect(await refusal(endpoint({ Token: "t", Attributes: { InvalidKey: "x" } }))).toContain(
      "Attributes Reason: Invalid attribute name: InvalidKey",
    );
    expect(await refusal(endpoint({ Token: "t", CustomUserData: "x".repeat(2049) }))).toContain("at most 2048 bytes");
    expect(await refusal(sns.send(new GetEndpointAttributesCommand({ EndpointArn: `${EndpointArn}x` })))).toBe(
      "NotFoundException: Endpoint does not exist",
    );
    const Attributes = { Enabled: "true" };
    const short = "arn:aws:sns:us-east-1:123456789012:endpoint/ADM/app";
    expect(await refusal(sns.send(new SetEndpointAttributesCommand({ EndpointArn: short, Attributes })))).toBe(
      "InvalidParameterException: Invalid parameter: EndpointArn Reason: Wrong number of slashes in relative portion of the ARN.",
    );
    expect(await refusal(sns.send(new PublishCommand({ TargetArn: EndpointArn, Message: "m" })))).toContain(
      "SNS messages to mobile applications",
    );
    await sns.send(new SetEndpointAttributesCommand({ EndpointArn, Attributes: { Enabled: "false" } }));
    expect(await refusal(sns.send(new PublishCommand({ TargetArn: EndpointArn, Message: "m" })))).toBe(
      "EndpointDisabledException: Endpoint is disabled",
    );
    expect(await refusal(sns.send(new PublishCommand({ TargetArn: `${EndpointArn}x`, Message: "m" })))).toContain(
      "No endpoint found for the target arn specified",
    );
  });
});
