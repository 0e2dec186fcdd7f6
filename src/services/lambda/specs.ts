import type { CodeFolders, FunctionSpec } from "../../engines/function/spec.ts";
import type { Cipher } from "../../kernel/service.ts";
import type { CodeStore } from "./code.ts";
import { environmentOf } from "./environmentOf.ts";
import { layerCode } from "./layerCode.ts";
import type { FunctionRecord, LambdaRecords, VersionRecord } from "./records.ts";
import type { SdkV2 } from "./sdkV2.ts";

/** What the engine must know of versions, made once for each revision: the hot path looks nothing up. */
export interface Specs {
  of(record: FunctionRecord, version: VersionRecord): FunctionSpec;
  /** The unpacked code and layers of a spec made here. */
  folders(spec: FunctionSpec, code: CodeStore, sdkV2: SdkV2): Promise<CodeFolders>;
  /** Forgets a revision; the key by which the engine knows it. */
  forget(name: string, version: VersionRecord): string;
}

interface SpecsParts extends Pick<LambdaRecords, "layers" | "keptLayers"> {
  readonly cipher: Cipher;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
}

export const createSpecs = ({ cipher, region, ...records }: SpecsParts): Specs => {
  const known = new Map<string, FunctionSpec>();
  const versions = new Map<string, VersionRecord>();
  return {
    of: (record, version) => {
      const key = keyOf(record.name, version);
      const made = known.get(key);
      if (made && made.reservedConcurrency === record.reservedConcurrency) return made;
      const spec = specOf(record, version, region, environmentOf({ cipher }, version));
      known.set(key, spec);
      versions.set(key, version);
      return spec;
    },
    folders: async (spec, code, sdkV2) => {
      const version = versions.get(spec.key);
      if (!version) throw new Error("the function has been removed");
      const folders = await code.folders(
        version.code,
        version.layers.flatMap(({ arn }) => layerCode(records, arn) ?? []),
      );
      await sdkV2.provide(version.runtime, folders.taskRoot);
      return folders;
    },
    forget: (name, version) => {
      const key = keyOf(name, version);
      known.delete(key);
      return key;
    },
  };
};

/** What is published is not changed, so its environments go on. */
const keyOf = (name: string, { version, revisionId, runningRevisionId = revisionId }: VersionRecord): string =>
  `${name}:${version}:${runningRevisionId}`;

const specOf = (
  { name, reservedConcurrency }: FunctionRecord,
  version: VersionRecord,
  region: string,
  environment: Record<string, string>,
): FunctionSpec => ({
  key: keyOf(name, version),
  functionName: name,
  version: version.version,
  runtime: version.runtime,
  handler: version.handler,
  memoryMb: version.memoryMb,
  ephemeralMb: version.ephemeralMb,
  timeoutMs: version.timeoutSeconds * 1000,
  region,
  environment,
  roleArn: version.role,
  logging: version.logging,
  ...(version.tracingMode === "Active" ? { isTraced: true } : {}),
  ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
});
