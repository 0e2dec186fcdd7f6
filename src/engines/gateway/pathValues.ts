/** AWS: each `*` of an address is a path parameter of the target. */
export const filled = (address: string, values: readonly string[]): string => {
  const left = [...values];
  return address.replaceAll("*", () => encodeURIComponent(left.shift() ?? ""));
};
