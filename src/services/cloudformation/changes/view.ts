import type { JsonValue } from "../../../kernel/json.ts";
import type { PropertyChange } from "../schema/diff.ts";
import type { ChangeDetail, ResourceChange } from "./model.ts";

/** Changes as DescribeChangeSet gives them; values only when the caller asks for them. */
export const changeViews = (changes: readonly ResourceChange[], withValues: boolean) =>
  changes.flatMap((change) => {
    const details = change.details.filter(({ isSuspected, isOfValues }) => !(withValues ? isSuspected : isOfValues));
    // What is only suspected to change does not, once the values are looked at.
    const isNothing = details.length === 0 && change.details.length > 0;
    return isNothing ? [] : [changeView({ ...change, details }, withValues)];
  });

const changeView = (change: ResourceChange, withValues: boolean) => ({
  Type: "Resource" as const,
  ResourceChange: {
    ...(change.policyAction === undefined ? {} : { PolicyAction: change.policyAction }),
    Action: change.action,
    LogicalResourceId: change.logicalId,
    ...(change.physicalId === undefined ? {} : { PhysicalResourceId: change.physicalId }),
    ResourceType: change.type,
    ...(change.replacement === undefined ? {} : { Replacement: change.replacement }),
    Scope: [...new Set(change.details.map(({ attribute }) => attribute))],
    Details: detailViews(change.details, withValues),
    ...(change.changeSetId === undefined ? {} : { ChangeSetId: change.changeSetId }),
    ...(withValues && change.before !== undefined ? { BeforeContext: JSON.stringify(change.before) } : {}),
    ...(withValues && change.after !== undefined ? { AfterContext: JSON.stringify(change.after) } : {}),
  },
});

/** AWS: with values, what the template says itself comes before what other resources do; without, after it. */
const inAwsOrder = (details: readonly ChangeDetail[], withValues: boolean): readonly ChangeDetail[] => {
  const rank = ({ source }: ChangeDetail): number =>
    source === "ParameterReference" ? 0 : (source === "DirectModification") === withValues ? 1 : 2;
  return details.toSorted((left, right) => rank(left) - rank(right));
};

/** AWS: where in a property a difference lies is told only with its values; without them, each property counts once. */
const detailViews = (details: readonly ChangeDetail[], withValues: boolean) => {
  const views = new Map<string, ReturnType<typeof detailView>>();
  for (const detail of inAwsOrder(details, withValues)) {
    const view = detailView(detail, withValues);
    views.set(JSON.stringify(view), view);
  }
  return [...views.values()];
};

const detailView = ({ change, attribute, evaluation, source, causingEntity }: ChangeDetail, withValues: boolean) => ({
  Target: {
    Attribute: attribute,
    ...(attribute === "Properties" ? { Name: change.name } : {}),
    RequiresRecreation: change.requiresRecreation,
    ...(withValues ? valuesView(change) : {}),
  },
  Evaluation: evaluation,
  ChangeSource: source,
  ...(causingEntity === undefined ? {} : { CausingEntity: causingEntity }),
});

const valuesView = ({ path, before, after, changeType }: PropertyChange) => ({
  Path: path,
  ...(before === undefined ? {} : { BeforeValue: shown(before) }),
  ...(after === undefined ? {} : { AfterValue: shown(after) }),
  AttributeChangeType: changeType,
});

const shown = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));
