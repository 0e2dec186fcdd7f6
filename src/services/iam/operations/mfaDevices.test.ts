import {
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteUserCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetMFADeviceCommand,
  GetUserCommand,
  IAMClient,
  ListMFADevicesCommand,
  ListMFADeviceTagsCommand,
  ListVirtualMFADevicesCommand,
  PutUserPolicyCommand,
  ResyncMFADeviceCommand,
  TagMFADeviceCommand,
  UntagMFADeviceCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { keyOf } from "../../../../test/userKey.ts";
import { codeOf, fromBase32, stepAt } from "../mfa/totp.ts";

const SerialNumber = `arn:aws:iam::${TEST_ACCOUNT}:mfa/phone`;
const NOW = Date.parse("2026-01-01T00:00:00Z");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  return () => {
    vi.useRealTimers();
  };
});

/** What a device shows, so many steps from now, that was given these letters. */
const shownBy = (letters: Uint8Array | undefined) => {
  const seed = fromBase32(Buffer.from(letters ?? []).toString());
  return (steps: number) => codeOf(seed, stepAt(NOW) + steps);
};

const newDevice = async (cloud: TestCloud) => {
  const iam = cloud.client(IAMClient);
  const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "phone" }));
  return { iam, made: VirtualMFADevice, shown: shownBy(VirtualMFADevice?.Base32StringSeed) };
};

const enabled = async (cloud: TestCloud, UserName = "ada") => {
  const { iam, shown } = await newDevice(cloud);
  await iam.send(new CreateUserCommand({ UserName }));
  const codes = { AuthenticationCode1: shown(-2), AuthenticationCode2: shown(-1) };
  await iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...codes }));
  return { iam, shown, sts: cloud.client(STSClient, { credentials: await keyOf(iam, UserName) }) };
};

describe("virtual MFA devices", () => {
  test("are made with a seed as letters and as a picture, and listed by whether somebody has them", async () => {
    await using cloud = await testCloud();
    const { iam, made } = await newDevice(cloud);
    expect(made?.SerialNumber).toBe(SerialNumber);
    expect(Buffer.from(made?.Base32StringSeed ?? []).toString()).toMatch(/^[A-Z2-7]{64}$/);
    expect(Buffer.from(made?.QRCodePNG ?? []).toString("latin1", 1, 4)).toBe("PNG");
    const list = async (AssignmentStatus?: "Assigned" | "Unassigned") =>
      (await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus }))).VirtualMFADevices;
    expect(await list()).toEqual([{ SerialNumber }]);
    expect(await list("Assigned")).toEqual([]);
    expect(await list("Unassigned")).toHaveLength(1);
    expect(
      await refusal(iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "phone", Path: "/" }))),
    ).toBe("EntityAlreadyExistsException: MFADevice entity at the same path and name already exists.");
  });

  test("belong to a user who has shown two codes", async () => {
    await using cloud = await testCloud();
    const { iam } = await enabled(cloud);
    const EnableDate = new Date(cloud.clock.now());
    expect((await iam.send(new ListMFADevicesCommand({ UserName: "ada" }))).MFADevices).toEqual([
      { UserName: "ada", SerialNumber, EnableDate },
    ]);
    expect(await iam.send(new GetMFADeviceCommand({ UserName: "ada", SerialNumber }))).toMatchObject({
      UserName: "ada",
      SerialNumber,
      EnableDate,
    });
    await iam.send(new UpdateUserCommand({ UserName: "ada", NewUserName: "eda" }));
    const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: "Assigned" }));
    expect(VirtualMFADevices?.[0]?.User?.UserName).toBe("eda");
    expect(await refusal(iam.send(new DeleteUserCommand({ UserName: "eda" })))).toMatch(
      /must delete access keys first/,
    );
    expect(await refusal(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })))).toMatch(
      /^DeleteConflictException/,
    );
    await iam.send(new DeactivateMFADeviceCommand({ UserName: "eda", SerialNumber }));
    await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
    expect((await iam.send(new ListVirtualMFADevicesCommand({}))).VirtualMFADevices).toEqual([]);
  });

  test("keep their user from being deleted", async () => {
    await using cloud = await testCloud();
    const { iam, shown } = await newDevice(cloud);
    await iam.send(new CreateUserCommand({ UserName: "ada" }));
    const codes = { AuthenticationCode1: shown(0), AuthenticationCode2: shown(1) };
    await iam.send(new EnableMFADeviceCommand({ UserName: "ada", SerialNumber, ...codes }));
    expect(await refusal(iam.send(new DeleteUserCommand({ UserName: "ada" })))).toBe(
      "DeleteConflictException: Cannot delete entity, must delete MFA device first.",
    );
  });

  test("have tags", async () => {
    await using cloud = await testCloud();
    const { iam } = await newDevice(cloud);
    const Tags = [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ];
    await iam.send(new TagMFADeviceCommand({ SerialNumber, Tags }));
    await iam.send(new UntagMFADeviceCommand({ SerialNumber, TagKeys: ["a"] }));
    expect((await iam.send(new ListMFADeviceTagsCommand({ SerialNumber }))).Tags).toEqual([{ Key: "b", Value: "2" }]);
  });

  test("are refused with codes that do not follow one another, and where they are not", async () => {
    await using cloud = await testCloud();
    const { iam, shown } = await newDevice(cloud);
    await iam.send(new CreateUserCommand({ UserName: "ada" }));
    const enable = (AuthenticationCode1: string, AuthenticationCode2: string, serial = SerialNumber) => {
      const codes = { AuthenticationCode1, AuthenticationCode2 };
      return refusal(iam.send(new EnableMFADeviceCommand({ UserName: "ada", SerialNumber: serial, ...codes })));
    };
    const wrong = "InvalidAuthenticationCodeException: Authentication code for device is not valid.";
    expect(await enable(shown(0), shown(0))).toBe(wrong);
    expect(await enable(shown(40), shown(41))).toBe(wrong);
    const missing = `${SerialNumber}s`;
    expect(await enable(shown(0), shown(1), missing)).toBe(
      `NoSuchEntityException: VirtualMFADevice with serial number ${missing} doesn't exist.`,
    );
    expect(await enable(shown(0), shown(1))).toBeUndefined();
    expect(await enable(shown(1), shown(2))).toMatch(/^EntityAlreadyExistsException/);
    expect(await refusal(iam.send(new DeactivateMFADeviceCommand({ UserName: "ada", SerialNumber: missing })))).toBe(
      "NoSuchEntityException: MFA Device invalid for user.",
    );
  });
});

describe("a second factor", () => {
  test("lets a session do what a policy asks it for, and ask IAM", async () => {
    await using cloud = await testCloud();
    const { iam, sts, shown } = await enabled(cloud);
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: "iam:GetUser",
        Resource: "*",
        Condition: {
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          NumericLessThan: { "aws:MultiFactorAuthAge": "600" },
        },
      },
    });
    await iam.send(new PutUserPolicyCommand({ UserName: "ada", PolicyName: "with", PolicyDocument }));
    const { Credentials } = await sts.send(new GetSessionTokenCommand({ SerialNumber, TokenCode: shown(0) }));
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    const session = cloud.client(IAMClient, {
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
    });
    expect((await session.send(new GetUserCommand({}))).User?.UserName).toBe("ada");
    cloud.clock.advance(601_000);
    expect(await refusal(session.send(new GetUserCommand({})))).toMatch(/^AccessDenied.*no identity-based policy/);
  });

  test("counts once, and only as it is shown", async () => {
    await using cloud = await testCloud();
    const { iam, sts, shown } = await enabled(cloud);
    const ask = (TokenCode: string | undefined, serial: string | undefined = SerialNumber) =>
      refusal(sts.send(new GetSessionTokenCommand({ SerialNumber: serial, TokenCode })));
    expect(await ask(shown(-1))).toBe(
      "AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code. ",
    );
    expect(await ask(shown(0))).toBeUndefined();
    expect(await ask(shown(0))).toMatch(/invalid MFA one time pass code/);
    expect(await ask(undefined)).toMatch(/must provide both MFA serial number and one time pass code/);
    expect(await ask(shown(1), `${SerialNumber}s`)).toMatch(/Please verify your MFA serial number is valid/);
    const codes = { AuthenticationCode1: shown(60), AuthenticationCode2: shown(61) };
    await iam.send(new ResyncMFADeviceCommand({ UserName: "ada", SerialNumber, ...codes }));
    expect(await ask(shown(62))).toBeUndefined();
  });

  test("is what a role's trust policy may ask for", async () => {
    await using cloud = await testCloud();
    const { iam, sts, shown } = await enabled(cloud);
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${TEST_ACCOUNT}:user/ada` },
        Action: "sts:AssumeRole",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      },
    });
    await iam.send(new CreateRoleCommand({ RoleName: "app", AssumeRolePolicyDocument }));
    const assume = (more: object) =>
      refusal(
        sts.send(
          new AssumeRoleCommand({
            RoleArn: `arn:aws:iam::${TEST_ACCOUNT}:role/app`,
            RoleSessionName: "one",
            ...more,
          }),
        ),
      );
    expect(await assume({})).toMatch(/is not authorized to perform: sts:AssumeRole/);
    expect(await assume({ SerialNumber, TokenCode: "000000" })).toMatch(/invalid MFA one time pass code/);
    expect(await assume({ SerialNumber, TokenCode: shown(0) })).toBeUndefined();
  });
});
