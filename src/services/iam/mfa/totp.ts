import { createHmac } from "node:crypto";
import { systemClock } from "../../../kernel/clock.ts";

/** Seconds that one code is shown. */
const STEP_SECONDS = 30;
const DIGITS = 6;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The step of a time in milliseconds since the epoch. https://www.rfc-editor.org/rfc/rfc6238 */
export const stepAt = (now: number): number => Math.floor(now / 1000 / STEP_SECONDS);

const machineClock = systemClock();

/** The step that devices are in: they know nothing of the cloud's clock, and go by the machine's time. */
export const currentStep = (): number => stepAt(machineClock.now());

/** The code that a device with this seed shows in a step. https://www.rfc-editor.org/rfc/rfc4226#section-5.3 */
export const codeOf = (seed: Buffer, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", seed).update(counter).digest();
  const at = mac.readUInt8(mac.length - 1) & 0xf;
  const code = (mac.readUInt32BE(at) & 0x7f_ff_ff_ff) % 10 ** DIGITS;
  return String(code).padStart(DIGITS, "0");
};

/** The step nearest to another, and at most so far from it, in which a device shows these codes one after the other. */
export const stepOfCodes = (
  seed: Buffer,
  codes: readonly string[],
  around: number,
  reach: number,
): number | undefined => {
  for (let distance = 0; distance <= reach; distance += 1) {
    for (const step of [around - distance, around + distance]) {
      if (codes.every((code, index) => codeOf(seed, step + index) === code)) return step;
    }
  }
  return undefined;
};

/** Bytes in the letters that people type into their devices. */
export const base32 = (bytes: Uint8Array): string => {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, "0"), 2)]).join("");
};

/** The bytes that such letters stand for. */
export const fromBase32 = (letters: string): Buffer => {
  const bits = Array.from(letters, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};
