import { httpStatus } from "../../../kernel/operation.ts";
import { codeLink } from "../codeDoor.ts";
import { conflict, functionNotFound, invalidValue } from "../errors.ts";
import { findVersion, functionArn, functionReference, isVersion } from "../find.ts";
import { ACCOUNT_CODE_BYTES, ACCOUNT_CONCURRENCY, MAX_INLINE_ZIP_BYTES, MAX_UNZIPPED_BYTES } from "../limits.ts";
import { page } from "../paging.ts";
import { LATEST } from "../records.ts";
import { releaseVersion } from "../release.ts";
import type { Operation, Room } from "../room.ts";
import { configurationView, listedView } from "../views.ts";

export const getFunction =
  (room: Room): Operation<"GetFunction"> =>
  async (ctx, input) => {
    const reference = functionReference(ctx, input.FunctionName, input.Qualifier);
    const { record, version } = findVersion(room, ctx, reference);
    const { tags, reservedConcurrency } = record;
    const { blob, sourceKmsKeyArn } = version.code;
    return {
      Configuration: configurationView(room, ctx, record, version, reference.qualifier),
      Code: { RepositoryType: "S3", Location: codeLink(room, blob), SourceKMSKeyArn: sourceKmsKeyArn },
      // AWS: tags are the function's; its versions have none.
      ...(version.version === LATEST && Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {}),
      ...(reservedConcurrency === undefined
        ? {}
        : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
    };
  };

export const getFunctionConfiguration =
  (room: Room): Operation<"GetFunctionConfiguration"> =>
  async (ctx, input) => {
    const reference = functionReference(ctx, input.FunctionName, input.Qualifier);
    const { record, version } = findVersion(room, ctx, reference);
    return configurationView(room, ctx, record, version, reference.qualifier);
  };

export const listFunctions =
  (room: Room): Operation<"ListFunctions"> =>
  async (ctx, input) => {
    const all = [...room.functions.range()].flatMap(({ value }) => {
      const latest = {
        record: value,
        version: value.latest,
        qualifier: input.FunctionVersion === "ALL" ? LATEST : undefined,
      };
      if (input.FunctionVersion !== "ALL") return [latest];
      const published = [...room.versions.range({ prefix: [value.name] })];
      return [
        latest,
        ...published.map((entry) => ({ record: value, version: entry.value, qualifier: entry.value.version })),
      ];
    });
    const { items, next } = page(all, ({ record, qualifier }) => `${record.name}:${qualifier ?? ""}`, input);
    return {
      Functions: items.map(({ record, version, qualifier }) => listedView(room, ctx, record, version, qualifier)),
      ...next,
    };
  };

export const deleteFunction =
  (room: Room): Operation<"DeleteFunction"> =>
  async (ctx, input) => {
    const { name, qualifier } = functionReference(ctx, input.FunctionName, input.Qualifier);
    if (qualifier === LATEST) {
      throw invalidValue("$LATEST version cannot be deleted without deleting the function.");
    }
    if (!room.functions.has(name)) throw functionNotFound(functionArn(ctx, name));
    if (qualifier === undefined) removeFunction(room, name);
    else {
      if (!isVersion(qualifier)) throw invalidValue("Deletion of aliases is not currently supported.");
      const aliases = [...room.aliases.range({ prefix: [name] })].filter(
        ({ value }) => value.version === qualifier || qualifier in value.weights,
      );
      if (aliases.length > 0) {
        throw conflict(
          `Cannot delete function ${functionArn(ctx, name, qualifier)} because it is referenced by one or more aliases: ${aliases.map(({ value }) => value.name).join(", ")}`,
        );
      }
      room.provisioned.delete([name, qualifier]);
      const version = room.versions.get([name, Number(qualifier)]);
      room.versions.delete([name, Number(qualifier)]);
      // AWS: a version that is not there is deleted all the same.
      if (version) releaseVersion(room, name, version);
    }
    return { StatusCode: 204, [httpStatus]: 204 };
  };

export const getAccountSettings =
  (room: Room): Operation<"GetAccountSettings"> =>
  async () => {
    const functions = [...room.functions.range()];
    const reserved = functions.reduce((sum, { value }) => sum + (value.reservedConcurrency ?? 0), 0);
    return {
      AccountLimit: {
        TotalCodeSize: ACCOUNT_CODE_BYTES,
        CodeSizeUnzipped: MAX_UNZIPPED_BYTES,
        CodeSizeZipped: MAX_INLINE_ZIP_BYTES,
        ConcurrentExecutions: ACCOUNT_CONCURRENCY,
        UnreservedConcurrentExecutions: ACCOUNT_CONCURRENCY - reserved,
      },
      AccountUsage: {
        TotalCodeSize: storedBytes(room),
        FunctionCount: functions.length,
      },
    };
  };

/** AWS: every version counts for itself, and so do layers. */
const storedBytes = ({ functions, versions, layers }: Room): number => {
  const packages = [
    ...[...functions.range()].map(({ value }) => value.latest.code),
    ...[...versions.range()].map(({ value }) => value.code),
    ...[...layers.range()].map(({ value }) => value.code),
  ];
  return packages.reduce((sum, { blob }) => sum + blob.size, 0);
};

/** A function with all that hangs on it. */
const removeFunction = (room: Room, name: string): void => {
  const record = room.functions.get(name);
  const versions = [...room.versions.range({ prefix: [name] })].map(({ value }) => value);
  room.records.atomically(() => {
    room.functions.delete(name);
    for (const collection of [
      room.versions,
      room.aliases,
      room.policies,
      room.eventInvokes,
      room.urls,
      room.provisioned,
    ]) {
      collection.clear({ prefix: [name] });
    }
  });
  for (const version of [...(record ? [record.latest] : []), ...versions]) releaseVersion(room, name, version);
};
