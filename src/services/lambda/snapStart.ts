import { invalidValue } from "./errors.ts";
import { DEFAULT_EPHEMERAL_MB } from "./limits.ts";
import type { VersionRecord } from "./records.ts";

/**
 * Refuses SnapStart where AWS has none. The words about storage are ours.
 * https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
 */
export const checkSnapStart = ({
  snapStart,
  runtime,
  ephemeralMb,
}: Pick<VersionRecord, "snapStart" | "runtime" | "ephemeralMb">): void => {
  if (snapStart !== "PublishedVersions") return;
  if (!SUPPORTED.test(runtime)) throw invalidValue(`${runtime} is not supported for SnapStart enabled functions.`);
  if (ephemeralMb > DEFAULT_EPHEMERAL_MB) {
    throw invalidValue(`EphemeralStorage of ${ephemeralMb} MB is not supported for SnapStart enabled functions.`);
  }
};

/** Java from 11, Python from 3.12, .NET from 8. */
const SUPPORTED = /^(?:java(?:1[1-9]|[2-9]\d)|python3\.(?:1[2-9]|[2-9]\d)|dotnet(?:[89]|\d\d))$/;
