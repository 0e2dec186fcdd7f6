import { entityExists, limitExceeded } from "../errors.ts";
import { findUser } from "../find.ts";
import { MAX_MFA_DEVICES_PER_USER } from "../limits.ts";
import { devicesOf, findDeviceOf, findVirtualDevice, synchronized } from "../mfa/devices.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { callingUser } from "../users.ts";

/** Steps between a device's time and ours that are made up for: ten minutes when it is new, some hours later. */
const REACH_WHEN_NEW = 20;
const REACH_OF_RESYNC = 500;

export const enableMFADevice =
  (room: Room): Operation<"EnableMFADevice"> =>
  async (_ctx, { UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }) => {
    const { name: userName } = findUser(room, UserName);
    const device = findVirtualDevice(room, SerialNumber);
    if (device.assigned) throw entityExists("MFADevice is already in use.");
    if (devicesOf(room, userName).length >= MAX_MFA_DEVICES_PER_USER) {
      throw limitExceeded(`Cannot exceed quota for MfaDevicesPerUser: ${MAX_MFA_DEVICES_PER_USER}`);
    }
    const shown = synchronized(room, device, [AuthenticationCode1, AuthenticationCode2], REACH_WHEN_NEW);
    room.mfaDevices.put(SerialNumber, {
      ...device,
      assigned: { userName, enabledAt: room.clock.now(), ...shown },
    });
    return {};
  };

export const resyncMFADevice =
  (room: Room): Operation<"ResyncMFADevice"> =>
  async (_ctx, { UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }) => {
    const device = findDeviceOf(room, findUser(room, UserName).name, SerialNumber);
    const shown = synchronized(room, device, [AuthenticationCode1, AuthenticationCode2], REACH_OF_RESYNC);
    room.mfaDevices.put(SerialNumber, { ...device, assigned: { ...device.assigned, ...shown } });
    return {};
  };

export const deactivateMFADevice =
  (room: Room): Operation<"DeactivateMFADevice"> =>
  async (ctx, { UserName, SerialNumber }) => {
    const { name } = findUser(room, UserName ?? callingUser(ctx));
    const { assigned: _, ...device } = findDeviceOf(room, name, SerialNumber);
    room.mfaDevices.put(SerialNumber, device);
    return {};
  };

export const getMFADevice =
  (room: Room): Operation<"GetMFADevice"> =>
  async (ctx, { UserName, SerialNumber }) => {
    const { name } = findUser(room, UserName ?? callingUser(ctx));
    return view(findDeviceOf(room, name, SerialNumber));
  };

/** AWS: the root, which names nobody, is told of its own devices; here it has none. */
export const listMFADevices =
  (room: Room): Operation<"ListMFADevices"> =>
  async (ctx, input) => {
    const isOwnOfRoot = input.UserName === undefined && ctx.principal.kind === "root";
    const devices = isOwnOfRoot ? [] : devicesOf(room, findUser(room, input.UserName ?? callingUser(ctx)).name);
    const { items, paging } = page(devices, input);
    return { MFADevices: items.map(view), ...paging };
  };

const view = ({ serialNumber, assigned }: ReturnType<typeof findDeviceOf>) => ({
  UserName: assigned.userName,
  SerialNumber: serialNumber,
  EnableDate: new Date(assigned.enabledAt),
});
