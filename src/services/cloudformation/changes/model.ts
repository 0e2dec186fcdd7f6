import type { PolicyAction } from "@aws-sdk/client-cloudformation";
import type { JsonValue } from "../../../kernel/json.ts";
import type { PropertyChange } from "../schema/diff.ts";

/** What becomes of one resource when a change set is executed. */
export interface ResourceChange {
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly action: "Add" | "Modify" | "Remove" | "Import";
  readonly replacement: "True" | "False" | "Conditional" | undefined;
  readonly policyAction: PolicyAction | undefined;
  readonly details: readonly ChangeDetail[];
  /** What happens within a nested stack. */
  readonly changeSetId?: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** One difference, and where it comes from. */
export interface ChangeDetail {
  readonly change: PropertyChange;
  readonly attribute:
    | "Properties"
    | "Metadata"
    | "CreationPolicy"
    | "UpdatePolicy"
    | "Tags"
    | "DeletionPolicy"
    | "UpdateReplacePolicy";
  /** Dynamic: whether it is a difference at all shows only when another resource has changed. */
  readonly evaluation: "Static" | "Dynamic";
  readonly source:
    | "DirectModification"
    | "ParameterReference"
    | "ResourceReference"
    | "ResourceAttribute"
    | "Automatic";
  readonly causingEntity: string | undefined;
  /** True when the values show no difference; told of only to those who do not ask for values. */
  readonly isSuspected?: boolean;
  /** True for what is told of only to those who ask for values. */
  readonly isOfValues?: boolean;
}
