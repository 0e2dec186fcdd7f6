import { deleteConflict, entityExists } from "../errors.ts";
import { findUser } from "../find.ts";
import { findVirtualDevice } from "../mfa/devices.ts";
import { base32 } from "../mfa/totp.ts";
import { page } from "../paging.ts";
import type { MfaDeviceRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagsOf } from "../tags.ts";
import { tagView, userListView } from "../views.ts";

const SEED_BYTES = 40;

/** AWS: the seed is told this once, as letters and as a picture to be photographed. */
export const createVirtualMFADevice =
  (room: Room): Operation<"CreateVirtualMFADevice"> =>
  async (_ctx, { VirtualMFADeviceName: name, Path = "/", Tags }) => {
    const { account, partition, ids, cipher, clock } = room;
    const serialNumber = `arn:${partition}:iam::${account}:mfa${Path}${name}`;
    if (room.mfaDevices.has(serialNumber)) {
      throw entityExists("MFADevice entity at the same path and name already exists.");
    }
    const seed = ids.bytes(SEED_BYTES);
    const tags = tagsOf(Tags);
    room.mfaDevices.put(serialNumber, { serialNumber, sealedSeed: cipher.seal(seed), createdAt: clock.now(), tags });
    const letters = base32(seed);
    return {
      VirtualMFADevice: {
        SerialNumber: serialNumber,
        Base32StringSeed: Buffer.from(letters),
        QRCodePNG: await pictureOf(
          `otpauth://totp/${name}@${account}?secret=${letters}&issuer=Amazon%20Web%20Services`,
        ),
        ...(tags.length === 0 ? {} : { Tags: tags.map(tagView) }),
      },
    };
  };

/** Loaded on first use: nothing else draws such codes. */
const pictureOf = async (text: string): Promise<Uint8Array> => {
  const [{ generate }, { toPngBuffer }] = await Promise.all([import("lean-qr"), import("lean-qr/extras/node_export")]);
  return toPngBuffer(generate(text), { scale: 4 });
};

export const deleteVirtualMFADevice =
  (room: Room): Operation<"DeleteVirtualMFADevice"> =>
  async (_ctx, { SerialNumber }) => {
    if (findVirtualDevice(room, SerialNumber).assigned) {
      throw deleteConflict("MFA VirtualDevice in use. Must deactivate first.");
    }
    room.mfaDevices.delete(SerialNumber);
    return {};
  };

export const listVirtualMFADevices =
  (room: Room): Operation<"ListVirtualMFADevices"> =>
  async (_ctx, input) => {
    const { AssignmentStatus: status = "Any" } = input;
    const wanted = [...room.mfaDevices.range()]
      .map(({ value }) => value)
      .filter(({ assigned }) => status === "Any" || (assigned !== undefined) === (status === "Assigned"));
    const { items, paging } = page(wanted, input);
    return { VirtualMFADevices: items.map((device) => view(room, device)), ...paging };
  };

const view = (room: Room, { serialNumber, assigned }: MfaDeviceRecord) => ({
  SerialNumber: serialNumber,
  ...(assigned
    ? { User: userListView(findUser(room, assigned.userName)), EnableDate: new Date(assigned.enabledAt) }
    : {}),
});
