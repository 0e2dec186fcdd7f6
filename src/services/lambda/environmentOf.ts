import type { Cipher } from "../../kernel/service.ts";
import type { VersionRecord } from "./records.ts";

/** A version's variables in the clear. */
export const environmentOf = (
  { cipher }: { readonly cipher: Cipher },
  version: VersionRecord,
): Record<string, string> =>
  version.sealedEnvironment === undefined ? {} : JSON.parse(cipher.open(version.sealedEnvironment).toString());
