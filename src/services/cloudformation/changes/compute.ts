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
import { noResources } from "../template/resolve.ts";
import { asksForProperty, causesOf, detailsOf, type Fate, type Sides } from "./details.ts";
import type { ChangeDetail, ResourceChange } from "./model.ts";
import { valueAt } from "./parts.ts";
import { suspectedDetails } from "./suspected.ts";

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
  const sides: Sides = {
    before: base.compiled,
    after: next,
    fateOf: (logicalId) => fates.get(logicalId) ?? (records.has(logicalId) ? "kept" : "new"),
    isSuspect: (logicalId) => isSuspicion(changes.get(logicalId)),
  };
  const live = liveValues({ resource: (logicalId) => records.get(logicalId) });
  const values = foreseen(live, next, sides.fateOf);
  const changes = new Map<string, ResourceChange>();
  for (const logicalId of inOrder(next)) {
    const resource = next.resources.get(logicalId);
    if (resource === undefined) continue;
    const record = records.get(logicalId);
    const change =
      record?.physicalId === undefined
        ? added(next, resource, values, base.imports?.[logicalId])
        : await changed(base, sides, resource, record, { live, foreseen: values });
    fates.set(logicalId, fateOf(change));
    if (change !== undefined) changes.set(logicalId, change);
  }
  const removed = base.records
    .filter(({ logicalId }) => !next.resources.has(logicalId))
    .map((record) => removal(base, record));
  return [...changes.values(), ...removed].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
};

/** AWS: changes stand in the order of logical ids, what a name begins (`FunctionRole`) before the name (`Function`). */
const placeOf = ({ logicalId }: ResourceChange): string => `${logicalId}~`;

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

/** True when the values show that nothing changes. */
const isSuspicion = (change: ResourceChange | undefined): boolean =>
  change !== undefined && change.details.length > 0 && change.details.every(({ isSuspected }) => isSuspected);

const fateOf = (change: ResourceChange | undefined): Fate => {
  if (change === undefined || isSuspicion(change)) return "kept";
  if (change.action !== "Modify") return "new";
  return ({ True: "new", Conditional: "uncertain", False: "updated" } as const)[change.replacement ?? "True"];
};

/** What other resources will show: a new one nothing yet, an updated one its old name but not its attributes. */
const foreseen = (live: ResourceValues, next: CompiledStack, fateOf: (logicalId: string) => Fate): ResourceValues => {
  const keepsName = (logicalId: string) => ["kept", "updated"].includes(fateOf(logicalId));
  return {
    reference: (logicalId) => (keepsName(logicalId) ? live.reference(logicalId) : undefined),
    attribute: (logicalId, name) => {
      const isKnown = keepsName(logicalId) && (fateOf(logicalId) === "kept" || asksForProperty(next, logicalId, name));
      return isKnown ? live.attribute(logicalId, name) : undefined;
    },
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
  after: contextOf(next.shownProperties(logicalId, values)),
});

const removal = (
  { compiled }: ChangeBase,
  { logicalId, physicalId, type, deletionPolicy, properties }: ResourceRecord,
): ResourceChange => ({
  logicalId,
  physicalId,
  type,
  action: "Remove",
  replacement: undefined,
  policyAction: deletionPolicy === "RetainExceptOnCreate" ? "Retain" : deletionPolicy,
  details: [],
  // AWS: what goes is shown as its template had it, with nothing known of other resources.
  before: contextOf(compiled?.shownProperties(logicalId, noResources) ?? properties),
  after: undefined,
});

const changed = async (
  base: ChangeBase,
  sides: Sides,
  resource: ResourceDefinition,
  record: ResourceRecord,
  values: { readonly live: ResourceValues; readonly foreseen: ResourceValues },
): Promise<ResourceChange | undefined> => {
  const { logicalId, type } = resource;
  const next = sides.after;
  const after = next.properties(logicalId, values.foreseen);
  const schema = next.schemas.get(type);
  const changes = schema === undefined ? [] : propertyChanges(schema, record.properties, after);
  const certain = [
    ...changes.flatMap((change) => detailsOf(change, logicalId, sides)),
    ...metadataDetails(record, resource, sides),
    ...attributeDetails(base, record, next),
    ...policyDetails(base, next, logicalId),
    ...(changes.length === 0 && (await base.isStale(record)) ? [AUTOMATIC] : []),
  ];
  const changedNames = new Set(changes.map(({ name }) => name));
  const details = [...certain, ...suspectedDetails(resource, changedNames, sides)];
  if (details.length === 0) return undefined;
  const canUpdate = (await base.find(type))?.update !== undefined;
  const replacement = replacementOf(certain.length > 0 ? certain : details, canUpdate || changes.length === 0);
  const replacePolicy = next.demands.get(logicalId)?.updateReplacePolicy;
  const shown = {
    before: base.compiled?.shownProperties(logicalId, values.live) ?? record.properties,
    after: next.shownProperties(logicalId, values.foreseen),
  };
  return {
    logicalId,
    physicalId: record.physicalId,
    type,
    action: "Modify",
    replacement,
    policyAction: replacement === "False" ? undefined : `ReplaceAnd${replacePolicy === "Retain" ? "Retain" : "Delete"}`,
    details: byName(details).map((detail) => masked(detail, shown)),
    before: contextOf(shown.before),
    after: contextOf(shown.after),
  };
};

const byName = (details: readonly ChangeDetail[]): readonly ChangeDetail[] =>
  details.toSorted(
    (left, right) => compareText(left.attribute, right.attribute) || compareText(left.change.name, right.change.name),
  );

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** A detail with what its values may be shown as. */
const masked = (detail: ChangeDetail, shown: { readonly before: JsonObject; readonly after: JsonObject }) => {
  const { change } = detail;
  if (!change.path.startsWith("/Properties/")) return detail;
  const before = change.before === undefined ? undefined : (valueAt(shown.before, change) ?? change.before);
  const after = change.after === undefined ? undefined : (valueAt(shown.after, change) ?? change.after);
  return { ...detail, change: { ...change, before, after } };
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

/** What is written in a resource's metadata, and what that refers to. */
const metadataDetails = (
  record: ResourceRecord,
  { metadata }: ResourceDefinition,
  sides: Sides,
): readonly ChangeDetail[] =>
  causesOf(metadata, record.metadata, sides).map((cause) => ({
    ...attributeDetail("Metadata", record.metadata, metadata),
    ...cause,
  }));

/** Differences beside the properties; they change nothing but what the stack itself keeps. */
const attributeDetails = (
  { compiled }: ChangeBase,
  { logicalId, deletionPolicy, updateReplacePolicy }: ResourceRecord,
  next: CompiledStack,
): readonly ChangeDetail[] => {
  const [before, after] = [compiled?.resources.get(logicalId), next.resources.get(logicalId)];
  const demand = next.demands.get(logicalId);
  // AWS: a policy that says no more than its default is a difference, too.
  const said = (written: JsonValue | undefined, policy: JsonValue | undefined) =>
    written === undefined ? undefined : policy;
  return [
    ...attributeChange(
      "DeletionPolicy",
      said(before?.deletionPolicy, deletionPolicy),
      said(after?.deletionPolicy, demand?.deletionPolicy),
    ),
    ...attributeChange(
      "UpdateReplacePolicy",
      said(before?.updateReplacePolicy, updateReplacePolicy),
      said(after?.updateReplacePolicy, demand?.updateReplacePolicy),
    ),
  ];
};

const policyDetails = ({ compiled }: ChangeBase, next: CompiledStack, logicalId: string): readonly ChangeDetail[] => {
  const before = compiled?.resources.get(logicalId);
  const after = next.resources.get(logicalId);
  if (before === undefined) return [];
  return [
    ...attributeChange("CreationPolicy", before.creationPolicy, after?.creationPolicy),
    ...attributeChange("UpdatePolicy", before.updatePolicy, after?.updatePolicy),
  ];
};

type BesideProperties = Exclude<ChangeDetail["attribute"], "Properties" | "Tags">;

const attributeChange = (
  attribute: BesideProperties,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): readonly ChangeDetail[] => (sameJson(before, after) ? [] : [attributeDetail(attribute, before, after)]);

const attributeDetail = (
  attribute: BesideProperties,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): ChangeDetail => {
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
