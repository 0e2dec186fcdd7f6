import { isIP } from "node:net";

/** Why a text is no block of addresses such as `10.0.0.0/24`, or undefined when it is one. */
export const addressFault = (text: string): string | undefined => {
  const [network = "", bits, ...others] = text.split("/");
  if (bits === undefined || others.length > 0) return "Malformed CIDR, one '/' required";
  if (!/^[+-]?\d+$/.test(bits)) return "Malformed CIDR, mask bits must be an integer";
  if (Number(bits) < 0) return "Malformed CIDR, mask bits must not be negative";
  const family = isIP(network);
  if (family === 0) return `Nonstandard IP address: ${network}`;
  const maximum = family === 4 ? 32 : 128;
  return Number(bits) > maximum ? `IPv${family} mask bits must be < ${maximum}` : undefined;
};
