import { liveValues } from "../../../engines/stack/liveValues.ts";
import type { ResourceRecord } from "../../../engines/stack/model.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import type { ResourceType } from "../../../kernel/resource.ts";
import type { CompiledStack } from "../definition/compile.ts";
import type { ImportRecord } from "../records.ts";
import { type PropertyChange, propertyChanges, sameJson } from "../schema/diff.ts";
import { TemplateError } from "../template/errors.ts";
import { isUnknown, type ResourceValues } from "../template/intrinsics/intrinsic.ts";
import type { ResourceDefinition } from "../template/model.ts";
import { detailsOf } from "./details.ts";
import type { ChangeDetail, ResourceChange } from "./model.ts";

/** What a stack is, to be compared with what it shall become. */
export interface ChangeBase {
  /** Undefined for a stack that is yet to be created. */
  readonly compiled: CompiledStack | undefined;
  readonly records: readonly ResourceRecord[];
  readonly find: (type: string) => Promise<ResourceType | undefined>;
  /** Whether what a resource's properties point at has changed behind them. */
  readonly isStale: (record: ResourceRecord) => Promise<boolean>;
  /** What resources take over instead of being made. */
  readonly imports?: ImportRecord | undefined;
}

/** What will happen to each resource, in the template's order, the ones that go last. */
export const computeChanges = async (base: ChangeBase, next: CompiledStack): Promise<readonly ResourceChange[]> => {
  const records = new Map(base.records.map((record) => [record.logicalId, record]));
  refuseOtherTypes(base.records, next);
  const fates = new Map<string, Fate>();
  const values = foreseen(records, fates);
  const changes = new Map<string, ResourceChange>();
  for (const logicalId of inOrder(next)) {
    const resource = next.resources.get(logicalId);
    if (resource === undefined) continue;
    const record = records.get(logicalId);
    const change =
      record?.physicalId === undefined
        ? added(next, resource, values, base.imports?.[logicalId])
        : await changed(base, next, resource, record, values);
    fates.set(logicalId, fateOf(change));
    if (change !== undefined) changes.set(logicalId, change);
  }
  const removed = base.records.filter(({ logicalId }) => !next.resources.has(logicalId)).map(removal);
  const inTemplateOrder = [...next.resources.keys()].flatMap((logicalId) => changes.get(logicalId) ?? []);
  return [...inTemplateOrder, ...removed];
};

/** AWS: what a logical id stands for stays of its type; a resource of another needs another id. */
const refuseOtherTypes = (records: readonly ResourceRecord[], next: CompiledStack): void => {
  const others = records.filter(({ logicalId, type }) => (next.resources.get(logicalId)?.type ?? type) !== type);
  if (others.length === 0) return;
  const names = others.map(({ logicalId }) => logicalId).join(", ");
  throw new TemplateError(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${names}]`,
  );
};

/** True when there is anything to do: resources, outputs or what else a stack keeps. */
export const isChange = (base: ChangeBase, next: CompiledStack, changes: readonly ResourceChange[]): boolean => {
  if (changes.length > 0 || base.compiled === undefined) return true;
  return outputsChange(base, next);
};

/** True when what a stack answers beside its resources will be otherwise. */
export const outputsChange = (base: ChangeBase, next: CompiledStack): boolean =>
  base.compiled === undefined
    ? next.outputs.length > 0
    : !sameJson(beyondResources(base.compiled), beyondResources(next));

/** What AWS compares beside resources: changed outputs alone make an update, a changed description does not. */
const beyondResources = ({ outputs, resolver }: CompiledStack): JsonObject => {
  const evaluate = resolver({ reference: (id) => `ref ${id}`, attribute: (id, name) => `attribute ${id}.${name}` });
  return Object.fromEntries(
    outputs.map(({ name, value, exportName }) => [
      name,
      {
        value: evaluate.value(value) ?? null,
        exportName: exportName === undefined ? null : (evaluate.value(exportName) ?? null),
      },
    ]),
  );
};

type Fate = "kept" | "updated" | "new";

const fateOf = (change: ResourceChange | undefined): Fate => {
  if (change === undefined) return "kept";
  return change.action === "Modify" && change.replacement === "False" ? "updated" : "new";
};

/** What other resources will show: a new one nothing yet, an updated one its old name but not its attributes. */
const foreseen = (records: ReadonlyMap<string, ResourceRecord>, fates: ReadonlyMap<string, Fate>): ResourceValues => {
  const live = liveValues({ resource: (logicalId) => records.get(logicalId) });
  return {
    reference: (logicalId) => (fates.get(logicalId) === "new" ? undefined : live.reference(logicalId)),
    attribute: (logicalId, name) =>
      (fates.get(logicalId) ?? "kept") === "kept" ? live.attribute(logicalId, name) : undefined,
  };
};

const inOrder = ({ graph }: CompiledStack): readonly string[] => {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const before of graph.get(name) ?? []) visit(before);
    order.push(name);
  };
  for (const name of graph.keys()) visit(name);
  return order;
};

const added = (
  next: CompiledStack,
  { logicalId, type }: ResourceDefinition,
  values: ResourceValues,
  adopted: Readonly<Record<string, string>> | undefined,
): ResourceChange => ({
  logicalId,
  physicalId: adopted && Object.values(adopted).join("|"),
  type,
  action: adopted === undefined ? "Add" : "Import",
  replacement: undefined,
  policyAction: undefined,
  details: [],
  before: undefined,
  after: contextOf(next.properties(logicalId, values)),
});

const removal = ({ logicalId, physicalId, type, deletionPolicy, properties }: ResourceRecord): ResourceChange => ({
  logicalId,
  physicalId,
  type,
  action: "Remove",
  replacement: undefined,
  policyAction: deletionPolicy === "RetainExceptOnCreate" ? "Retain" : deletionPolicy,
  details: [],
  before: contextOf(properties),
  after: undefined,
});

const changed = async (
  base: ChangeBase,
  next: CompiledStack,
  { logicalId, type, metadata }: ResourceDefinition,
  record: ResourceRecord,
  values: ResourceValues,
): Promise<ResourceChange | undefined> => {
  const after = next.properties(logicalId, values);
  const schema = next.schemas.get(type);
  const changes = schema === undefined ? [] : propertyChanges(schema, record.properties, after);
  const details = [
    ...changes.flatMap((change) => detailsOf(change, logicalId, base.compiled, next, schema?.tagsProperty)),
    ...attributeDetails(record, metadata, next),
    ...policyDetails(base, next, logicalId),
    ...(changes.length === 0 && (await base.isStale(record)) ? [AUTOMATIC] : []),
  ];
  if (details.length === 0) return undefined;
  const canUpdate = (await base.find(type))?.update !== undefined;
  const replacement = replacementOf(details, canUpdate || changes.length === 0);
  const replacePolicy = next.demands.get(logicalId)?.updateReplacePolicy;
  return {
    logicalId,
    physicalId: record.physicalId,
    type,
    action: "Modify",
    replacement,
    policyAction: replacement === "False" ? undefined : `ReplaceAnd${replacePolicy === "Retain" ? "Retain" : "Delete"}`,
    details,
    before: contextOf(record.properties),
    after: contextOf(after),
  };
};

/** What lies behind a resource's properties, such as a nested stack's template, has changed. */
const AUTOMATIC: ChangeDetail = {
  change: {
    path: "/Properties",
    name: "TemplateURL",
    requiresRecreation: "Never",
    changeType: "Modify",
    before: undefined,
    after: undefined,
  },
  attribute: "Properties",
  evaluation: "Dynamic",
  source: "Automatic",
  causingEntity: undefined,
};

/** A replacement that hangs on what is not known yet is only a possible one. */
const replacementOf = (details: readonly ChangeDetail[], canUpdate: boolean): "True" | "False" | "Conditional" => {
  const needs = details.map(({ change, evaluation }) => ({
    recreation: canUpdate ? change.requiresRecreation : "Always",
    isCertain: evaluation === "Static" || !isUnknown(change.after ?? null),
  }));
  if (needs.some(({ recreation, isCertain }) => recreation === "Always" && isCertain)) return "True";
  return needs.some(({ recreation }) => recreation !== "Never") ? "Conditional" : "False";
};

/** Differences beside the properties; they change nothing but what the stack itself keeps. */
const attributeDetails = (
  record: ResourceRecord,
  metadata: JsonObject | undefined,
  next: CompiledStack,
): readonly ChangeDetail[] => {
  const demand = next.demands.get(record.logicalId);
  return [
    attributeDetail("Metadata", record.metadata, metadata),
    attributeDetail("DeletionPolicy", record.deletionPolicy, demand?.deletionPolicy),
    attributeDetail("UpdateReplacePolicy", record.updateReplacePolicy, demand?.updateReplacePolicy),
  ].flatMap((detail) => detail ?? []);
};

const policyDetails = ({ compiled }: ChangeBase, next: CompiledStack, logicalId: string): readonly ChangeDetail[] => {
  const before = compiled?.resources.get(logicalId);
  const after = next.resources.get(logicalId);
  if (before === undefined) return [];
  return [
    attributeDetail("CreationPolicy", before.creationPolicy, after?.creationPolicy),
    attributeDetail("UpdatePolicy", before.updatePolicy, after?.updatePolicy),
  ].flatMap((detail) => detail ?? []);
};

const attributeDetail = (
  attribute: "Metadata" | "CreationPolicy" | "UpdatePolicy" | "DeletionPolicy" | "UpdateReplacePolicy",
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): ChangeDetail | undefined => {
  if (sameJson(before, after)) return undefined;
  const changeType = before === undefined ? "Add" : after === undefined ? "Remove" : "Modify";
  const change: PropertyChange = {
    path: `/${attribute}`,
    name: attribute,
    requiresRecreation: "Never",
    changeType,
    before,
    after,
  };
  return { change, attribute, evaluation: "Static", source: "DirectModification", causingEntity: undefined };
};

const contextOf = (properties: JsonObject): JsonObject => ({ Properties: properties });
