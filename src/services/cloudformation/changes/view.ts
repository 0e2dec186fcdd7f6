import type { JsonValue } from "../../../kernel/json.ts";
import type { ChangeDetail, ResourceChange } from "./model.ts";

/** A change as DescribeChangeSet gives it; values only when the caller asks for them. */
export const changeView = (change: ResourceChange, withValues: boolean) => ({
  Type: "Resource" as const,
  ResourceChange: {
    ...(change.policyAction === undefined ? {} : { PolicyAction: change.policyAction }),
    Action: change.action,
    LogicalResourceId: change.logicalId,
    ...(change.physicalId === undefined ? {} : { PhysicalResourceId: change.physicalId }),
    ResourceType: change.type,
    ...(change.replacement === undefined ? {} : { Replacement: change.replacement }),
    Scope: [...new Set(change.details.map(({ attribute }) => attribute))],
    Details: change.details.map((detail) => detailView(detail, withValues)),
    ...(change.changeSetId === undefined ? {} : { ChangeSetId: change.changeSetId }),
    ...(withValues && change.before !== undefined ? { BeforeContext: JSON.stringify(change.before) } : {}),
    ...(withValues && change.after !== undefined ? { AfterContext: JSON.stringify(change.after) } : {}),
  },
});

const detailView = ({ change, attribute, evaluation, source, causingEntity }: ChangeDetail, withValues: boolean) => ({
  Target: {
    Attribute: attribute,
    ...(attribute === "Properties" || attribute === "Tags" ? { Name: change.name } : {}),
    RequiresRecreation: change.requiresRecreation,
    Path: change.path,
    ...(withValues && change.before !== undefined ? { BeforeValue: shown(change.before) } : {}),
    ...(withValues && change.after !== undefined ? { AfterValue: shown(change.after) } : {}),
    AttributeChangeType: change.changeType,
  },
  Evaluation: evaluation,
  ChangeSource: source,
  ...(causingEntity === undefined ? {} : { CausingEntity: causingEntity }),
});

const shown = (value: JsonValue): string => (typeof value === "string" ? value : JSON.stringify(value));
