import { type ComponentType, lazy } from "react";
import { useHashLocation } from "wouter/use-hash-location";
import { fetched } from "./fetched.ts";

/** A page that its address names alone, which comes with its first visit. */
export const listed = (load: () => Promise<{ default: ComponentType }>) => lazy(fetched(load));

/** A page about what its address names, which comes with its first visit. */
export const named = <P extends object>(load: () => Promise<{ default: ComponentType<{ readonly params: P }> }>) => {
  const Page = lazy(fetched(load));
  return ({ params }: { readonly params: P }) => <Page params={decoded(params)} />;
};

/** Names hold slashes and colons, and each part of an address is encoded as a whole. */
const decoded = <P extends object>(params: P): P =>
  new Proxy(params, {
    get: (all, key) => {
      const part: unknown = Reflect.get(all, key);
      return typeof part === "string" ? textOf(part) : part;
    },
  });

const textOf = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    // Typed by hand, with a bare percent sign.
    return part;
  }
};

/** The address as it stands: the router decodes a part of it, which would then be decoded twice. */
export const useAddress: typeof useHashLocation = (options) => {
  const [address, go] = useHashLocation(options);
  return [address.replaceAll("%", "%25"), go];
};
