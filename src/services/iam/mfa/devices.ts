import { InvalidAuthenticationCodeException } from "@aws-sdk/client-iam";
import { noSuchEntity } from "../errors.ts";
import type { MfaAssignment, MfaDeviceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { currentStep, stepOfCodes } from "./totp.ts";

/** A virtual device of the account, by its serial number. */
export const findVirtualDevice = ({ mfaDevices }: Pick<Room, "mfaDevices">, serialNumber: string): MfaDeviceRecord => {
  const device = mfaDevices.get(serialNumber);
  if (!device) throw noSuchEntity(`VirtualMFADevice with serial number ${serialNumber} doesn't exist.`);
  return device;
};

type AssignedDevice = MfaDeviceRecord & { readonly assigned: MfaAssignment };

/** A device that a user has. */
export const findDeviceOf = (
  { mfaDevices }: Pick<Room, "mfaDevices">,
  userName: string,
  serialNumber: string,
): AssignedDevice => {
  const device = mfaDevices.get(serialNumber);
  if (!device || !isOf(userName)(device)) throw noSuchEntity("MFA Device invalid for user.");
  return device;
};

/** A user's devices, the one enabled first before the others. */
export const devicesOf = ({ mfaDevices }: Pick<Room, "mfaDevices">, userName: string): readonly AssignedDevice[] =>
  [...mfaDevices.range()]
    .map(({ value }) => value)
    .filter(isOf(userName))
    .sort((a, b) => a.assigned.enabledAt - b.assigned.enabledAt);

const isOf =
  (userName: string) =>
  (device: MfaDeviceRecord): device is AssignedDevice =>
    device.assigned?.userName === userName;

/** What is remembered of a device's time once it has shown two codes that follow one another; throws when it has not. */
export const synchronized = (
  { cipher }: Pick<Room, "cipher">,
  { sealedSeed }: MfaDeviceRecord,
  codes: readonly [string, string],
  reach: number,
): Pick<MfaAssignment, "driftSteps" | "lastStep"> => {
  const now = currentStep();
  const step = stepOfCodes(cipher.open(sealedSeed), codes, now, reach);
  if (step === undefined) {
    throw new InvalidAuthenticationCodeException({
      message: "Authentication code for device is not valid.",
      $metadata: {},
    });
  }
  return { driftSteps: step + 1 - now, lastStep: step + 1 };
};
