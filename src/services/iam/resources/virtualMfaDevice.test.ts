import { IAMClient, ListMFADevicesCommand, ListVirtualMFADevicesCommand } from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const template = (...Users: readonly string[]) => ({
  Resources: {
    Ada: { Type: "AWS::IAM::User", Properties: { UserName: "ada" } },
    Eda: { Type: "AWS::IAM::User", Properties: { UserName: "eda" } },
    Device: {
      Type: "AWS::IAM::VirtualMFADevice",
      DependsOn: ["Ada", "Eda"],
      Properties: { VirtualMfaDeviceName: "phone", Path: "/ours/", Users },
    },
  },
  Outputs: { Serial: { Value: { "Fn::GetAtt": ["Device", "SerialNumber"] } } },
});

test("a user has the stack's device as long as the stack is there", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const stack = stackOf(cloud, "app", ["CAPABILITY_NAMED_IAM"]);
  const SerialNumber = `arn:aws:iam::${TEST_ACCOUNT}:mfa/ours/phone`;
  expect((await stack.create(template("ada"))).outputs["Serial"]).toBe(SerialNumber);
  expect((await iam.send(new ListMFADevicesCommand({ UserName: "ada" }))).MFADevices).toMatchObject([{ SerialNumber }]);
  const { status, reasons } = await stack.update(template("eda"));
  expect(status).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(reasons.join()).toContain("is not updatable with parameters provided");
  expect((await stack.delete()).status).toBe("DELETE_COMPLETE");
  expect((await iam.send(new ListVirtualMFADevicesCommand({}))).VirtualMFADevices).toEqual([]);
});

test("a device of two users is refused, and taken away again", async () => {
  await using cloud = await testCloud();
  const { status, reasons } = await stackOf(cloud, "app", ["CAPABILITY_NAMED_IAM"]).create(template("ada", "eda"));
  expect(status).toBe("ROLLBACK_COMPLETE");
  expect(reasons.join()).toContain("MFADevice is already in use.");
  const { VirtualMFADevices } = await cloud.client(IAMClient).send(new ListVirtualMFADevicesCommand({}));
  expect(VirtualMFADevices).toEqual([]);
});
