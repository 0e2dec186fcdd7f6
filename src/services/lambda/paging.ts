import { invalidValue } from "./errors.ts";

/** One page of named things, in the order given; the marker names the last one shown. */
export const page = <T>(
  all: Iterable<T>,
  nameOf: (item: T) => string,
  marker: string | undefined,
  size: number,
): { readonly items: T[]; readonly nextMarker?: string } => {
  const after = marker === undefined ? undefined : openMarker(marker);
  const items: T[] = [];
  let skipping = after !== undefined;
  for (const item of all) {
    if (items.length === size) return { items, nextMarker: sealMarker(nameOf(items[size - 1] ?? item)) };
    if (!skipping) items.push(item);
    else if (nameOf(item) === after) skipping = false;
  }
  return { items };
};

const sealMarker = (name: string): string => Buffer.from(JSON.stringify([name])).toString("base64url");

const openMarker = (marker: string): string => {
  try {
    const [name] = JSON.parse(Buffer.from(marker, "base64url").toString());
    if (typeof name === "string") return name;
  } catch {
    // Not a marker of ours.
  }
  throw invalidValue("Invalid Marker");
};
