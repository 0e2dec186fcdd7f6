import { known } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext, refuseChange } from "../../../kernel/resource.ts";
import { foundInPages, plain, type ResourceReader, tagList } from "../../../kernel/resourceReading.ts";
import { codeOf, currentStep, fromBase32 } from "../mfa/totp.ts";
import { unlessGone } from "./policyCalls.ts";
import { allTags, goneKeys, type TagProperty } from "./tags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-virtualmfadevice.html */
interface VirtualMfaDeviceProperties {
  readonly VirtualMfaDeviceName?: string;
  readonly Path?: string;
  readonly Users: readonly string[];
  readonly Tags?: readonly TagProperty[];
}

const stateOf = (SerialNumber: string) => ({ physicalId: SerialNumber, attributes: { SerialNumber } });

const find = ({ call }: ResourceContext, serialNumber: string) =>
  foundInPages(
    async (Marker) => {
      const page = await call("iam", "ListVirtualMFADevices", { Marker });
      return { items: page.VirtualMFADevices, next: page.Marker };
    },
    ({ SerialNumber }) => SerialNumber === serialNumber,
  );

const read: ResourceReader = async (ctx, physicalId) => {
  const device = await find(ctx, physicalId);
  if (!device) return undefined;
  const { Tags } = await ctx.call("iam", "ListMFADeviceTags", { SerialNumber: physicalId });
  const [, Path = "/", VirtualMfaDeviceName] = /:mfa(\/(?:.*\/)?)([^/]+)$/.exec(physicalId) ?? [];
  const Users = device.User?.UserName === undefined ? [] : [device.User.UserName];
  const properties = plain({ VirtualMfaDeviceName, Path, Users, Tags: tagList(Tags) });
  return { ...stateOf(physicalId), properties, unread: [] };
};

/** Takes it from whoever has it: a device in use is not deleted, and its seed is told only once. */
const deactivate = async (ctx: ResourceContext, SerialNumber: string): Promise<void> => {
  const { User } = (await find(ctx, SerialNumber)) ?? {};
  if (User) await ctx.call("iam", "DeactivateMFADevice", { UserName: User.UserName, SerialNumber });
};

/** AWS: a device is a user's once it has shown two codes that follow one another; its stack shows them. */
const enable = async (ctx: ResourceContext, SerialNumber: string, users: readonly string[], seed: Buffer) => {
  const [AuthenticationCode1, AuthenticationCode2] = [codeOf(seed, currentStep() - 1), codeOf(seed, currentStep())];
  for (const UserName of users) {
    await ctx.call("iam", "EnableMFADevice", { UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 });
  }
};

const TYPE = "AWS::IAM::VirtualMFADevice";

export const virtualMfaDeviceType = defineResourceType<VirtualMfaDeviceProperties>({
  name: TYPE,
  read,
  create: async (ctx, desired) => {
    const { VirtualMFADevice: device } = await ctx.call("iam", "CreateVirtualMFADevice", {
      VirtualMFADeviceName: desired.VirtualMfaDeviceName ?? ctx.physicalName(),
      Path: desired.Path,
      Tags: [...allTags(ctx, desired.Tags)],
    });
    const serialNumber = known(device?.SerialNumber, "the device's serial number");
    ctx.made(serialNumber);
    await enable(ctx, serialNumber, desired.Users, fromBase32(Buffer.from(device?.Base32StringSeed ?? []).toString()));
    return stateOf(serialNumber);
  },
  update: async (ctx, { physicalId: SerialNumber, properties: before }, desired) => {
    // Differs: another user would have to show codes of a seed that nobody has kept.
    refuseChange(ctx, TYPE, SerialNumber, [before.Users, desired.Users]);
    const Tags = [...allTags(ctx, desired.Tags)];
    const TagKeys = [...goneKeys(before.Tags, Tags)];
    if (TagKeys.length > 0) await ctx.call("iam", "UntagMFADevice", { SerialNumber, TagKeys });
    if (Tags.length > 0) await ctx.call("iam", "TagMFADevice", { SerialNumber, Tags });
    return stateOf(SerialNumber);
  },
  delete: async (ctx, { physicalId: SerialNumber }) => {
    await deactivate(ctx, SerialNumber);
    await unlessGone(ctx.call("iam", "DeleteVirtualMFADevice", { SerialNumber }));
  },
});
