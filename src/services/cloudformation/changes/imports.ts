import type { Context } from "../../../kernel/context.ts";
import type { CompiledStack } from "../definition/compile.ts";
import { validationError } from "../errors.ts";
import type { ImportRecord, StackRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { identifierNames } from "../schema/identifier.ts";
import { typeFinder } from "../types.ts";
import { thingThere } from "../validation/thingsThere.ts";
import type { ResourceChange } from "./model.ts";

/** One resource to be taken over, as a request names it. */
interface ResourceToImport {
  readonly ResourceType?: string | undefined;
  readonly LogicalResourceId?: string | undefined;
  readonly ResourceIdentifier?: Readonly<Record<string, string>> | undefined;
}

/**
 * What a change set of type IMPORT takes over. Throws what AWS refuses.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html
 */
export const askedImports = async (
  room: Room,
  compiled: CompiledStack,
  asked: readonly ResourceToImport[],
): Promise<ImportRecord> => {
  if (asked.length === 0) throw validationError("ResourcesToImport must be specified for change sets of type IMPORT.");
  const imports: Record<string, Readonly<Record<string, string>>> = {};
  for (const { ResourceType = "", LogicalResourceId = "", ResourceIdentifier = {} } of asked) {
    const resource = compiled.resources.get(LogicalResourceId);
    if (resource === undefined) {
      throw validationError(`Resource [${LogicalResourceId}] in ResourcesToImport does not exist in the template.`);
    }
    if (resource.type !== ResourceType) {
      throw validationError(
        `Resource type [${ResourceType}] of [${LogicalResourceId}] in ResourcesToImport does not match its type in the template, [${resource.type}].`,
      );
    }
    imports[LogicalResourceId] = ResourceIdentifier;
    await checkIdentifier(ResourceType, LogicalResourceId, ResourceIdentifier);
  }
  await refuseUnreadable(room, compiled, Object.keys(imports));
  refuseUnkept(compiled, Object.keys(imports));
  return imports;
};

/** Refuses everything but the taking over itself. */
export const refuseOtherChanges = (changes: readonly ResourceChange[], outputsChange: boolean): void => {
  const missing = changes.filter(({ action }) => action === "Add").map(({ logicalId }) => logicalId);
  if (missing.length > 0) {
    throw validationError(`Resources [${missing.join(", ")}] is missing from ResourceToImport list`);
  }
  const modified = changes.filter(({ action }) => action !== "Import").map(({ logicalId }) => logicalId);
  if (modified.length > 0) {
    throw validationError(
      `You have modified resources [${modified.join(", ")}] in your template that are not being imported. Update, create or delete operations cannot be executed during import operations.`,
    );
  }
  if (outputsChange) throw validationError("As part of the import operation, you cannot modify or add [Outputs]");
};

/** What a change set may take over by itself: new resources with names of their own that are there already. */
export const existingImports = async (
  room: Room,
  ctx: Context,
  stack: StackRecord,
  compiled: CompiledStack,
): Promise<ImportRecord> => {
  const imports: Record<string, Readonly<Record<string, string>>> = {};
  for (const logicalId of compiled.resources.keys()) {
    if (room.tables.resources.has([stack.stackId, logicalId])) continue;
    const there = await thingThere(room, ctx, stack, compiled, logicalId);
    if (there !== undefined) imports[logicalId] = there.parts;
  }
  refuseUnkept(compiled, Object.keys(imports));
  return imports;
};

const checkIdentifier = async (type: string, logicalId: string, given: Readonly<Record<string, string>>) => {
  const names = await identifierNames(type);
  const isWhole = names.every((name) => (given[name] ?? "") !== "") && Object.keys(given).length === names.length;
  if (!isWhole) {
    throw validationError(`Resource identifier of [${logicalId}] must have the keys [${names.join(", ")}]`);
  }
};

const refuseUnreadable = async (room: Room, { resources }: CompiledStack, logicalIds: readonly string[]) => {
  const find = typeFinder(room);
  const unreadable = new Set<string>();
  for (const logicalId of logicalIds) {
    const type = resources.get(logicalId)?.type ?? "";
    if ((await find(type))?.read === undefined) unreadable.add(type);
  }
  if (unreadable.size > 0) {
    throw validationError(`ResourceTypes [${[...unreadable].join(", ")}] are not supported for Import`);
  }
};

/** AWS: what is taken over must say what becomes of it when it leaves the stack again. */
const refuseUnkept = ({ resources }: CompiledStack, logicalIds: readonly string[]): void => {
  const silent = logicalIds.filter((logicalId) => resources.get(logicalId)?.deletionPolicy === undefined);
  if (silent.length > 0) {
    throw validationError(
      `The following resources to import [${silent.join(", ")}] must have DeletionPolicy attribute specified in the template.`,
    );
  }
};
