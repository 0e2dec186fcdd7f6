import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteUserCommand,
  IAMClient,
  ListServiceSpecificCredentialsCommand,
  ResetServiceSpecificCredentialCommand,
  type ServiceSpecificCredential,
  UpdateServiceSpecificCredentialCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

const UserName = "ada";
const ServiceName = "codecommit.amazonaws.com";

const withUser = async () => {
  const cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName }));
  const create = async (service = ServiceName, user = UserName) =>
    (await iam.send(new CreateServiceSpecificCredentialCommand({ UserName: user, ServiceName: service })))
      .ServiceSpecificCredential;
  const list = async (input: object = { UserName }) =>
    (await iam.send(new ListServiceSpecificCredentialsCommand(input))).ServiceSpecificCredentials;
  return { cloud, iam, create, list };
};

describe("a user's credentials for one service", () => {
  test("show their password when they are made and when it is made anew, and at no other time", async () => {
    const { cloud, iam, create, list } = await withUser();
    await using _ = cloud;
    const { ServicePassword, ...made }: Partial<ServiceSpecificCredential> = (await create()) ?? {};
    expect(made).toEqual({
      UserName,
      ServiceName,
      ServiceUserName: "ada-at-123456789012",
      ServiceSpecificCredentialId: expect.stringMatching(/^ACCA[A-Z0-9]{17}$/),
      Status: "Active",
      CreateDate: expect.any(Date),
    });
    expect(await list()).toEqual([made]);
    const { ServiceSpecificCredentialId } = made;
    await iam.send(
      new UpdateServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId, Status: "Inactive" }),
    );
    const { ServiceSpecificCredential: reset } = await iam.send(
      new ResetServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }),
    );
    expect(reset).toEqual({ ...made, Status: "Inactive", ServicePassword: expect.any(String) });
    expect(reset?.ServicePassword).not.toBe(ServicePassword);
    await iam.send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }));
    expect(await list()).toEqual([]);
  });

  test("are two for each service, are listed by service, and follow their user's name", async () => {
    const { cloud, iam, create, list } = await withUser();
    await using _ = cloud;
    await create();
    expect((await create())?.ServiceUserName).toBe("ada+1-at-123456789012");
    expect(await refusal(create())).toMatch(/^LimitExceeded/);
    await create("cassandra.amazonaws.com");
    expect(await list({ UserName, ServiceName })).toHaveLength(2);
    await iam.send(new UpdateUserCommand({ UserName, NewUserName: "grace" }));
    expect(await list({ UserName: "grace" })).toHaveLength(3);
    expect(await list({ AllUsers: true })).toHaveLength(3);
  });

  test("keep their user from being deleted", async () => {
    const { cloud, iam, create } = await withUser();
    await using _ = cloud;
    await create();
    expect(await refusal(iam.send(new DeleteUserCommand({ UserName })))).toContain(
      "Cannot delete entity, must remove referenced objects first.",
    );
  });
});

describe("refusals", () => {
  test.each([
    ["nobody", ServiceName, "The user with name nobody cannot be found."],
    [UserName, "lambda.amazonaws.com", "No such service lambda.amazonaws.com is supported for Service Specific"],
    [UserName, "bedrock.amazonaws.com", "aloft has not built iam:CreateServiceSpecificCredential for bedrock"],
  ])("%s at %s", async (user, service, message) => {
    const { cloud, create } = await withUser();
    await using _ = cloud;
    expect(await refusal(create(service, user))).toContain(message);
  });

  test("a credential that is not there, or another user's", async () => {
    const { cloud, iam, create } = await withUser();
    await using _ = cloud;
    await iam.send(new CreateUserCommand({ UserName: "eve" }));
    const { ServiceSpecificCredentialId } = (await create()) ?? {};
    for (const input of [
      { UserName, ServiceSpecificCredentialId: "ACCA0000000000000000" },
      { UserName: "eve", ServiceSpecificCredentialId },
    ])
      expect(await refusal(iam.send(new ResetServiceSpecificCredentialCommand(input)))).toContain(
        `No such credential ${input.ServiceSpecificCredentialId} exists`,
      );
  });
});
