import type { SecondFactor } from "../../../kernel/secondFactor.ts";
import type { Cipher } from "../../../kernel/service.ts";
import type { Records } from "../../../store/records.ts";
import { MFA_DEVICES, type MfaDeviceRecord } from "../records.ts";
import { currentStep, stepOfCodes } from "./totp.ts";

/** Steps that a device may be slow or fast since it was last synchronized. */
const TOLERANCE_STEPS = 2;

/** Checks codes of the users' devices of all accounts, in the store itself. `records` is the whole cloud's. */
export const createSecondFactor =
  (records: Records, cipher: Cipher): SecondFactor =>
  ({ account, userName }, serialNumber, code) => {
    const devices = records.scope(`iam/${account}/-`).collection<MfaDeviceRecord>(MFA_DEVICES);
    const device = devices.get(serialNumber);
    if (device?.assigned?.userName !== userName) return "no device";
    const { driftSteps, lastStep } = device.assigned;
    const around = currentStep() + driftSteps;
    const step = stepOfCodes(cipher.open(device.sealedSeed), [code], around, TOLERANCE_STEPS);
    // AWS: a code counts once.
    if (step === undefined || step <= lastStep) return "wrong code";
    devices.put(serialNumber, {
      ...device,
      assigned: { ...device.assigned, driftSteps: driftSteps + step - around, lastStep: step },
    });
    return "right";
  };
