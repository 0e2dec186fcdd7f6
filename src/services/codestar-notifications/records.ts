import type { Collection, Records } from "../../store/records.ts";

export interface RuleRecord {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly eventTypeIds: readonly string[];
  readonly resource: string;
  /** The targets' addresses, which are ARNs of topics. */
  readonly targets: readonly string[];
  readonly detailType: "BASIC" | "FULL";
  readonly enabled: boolean;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly clientRequestToken?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** How the last message to a target went. */
export interface TargetRecord {
  readonly address: string;
  readonly status: "ACTIVE" | "UNREACHABLE" | "INACTIVE";
}

export interface Collections {
  /** By ARN. */
  readonly rules: Collection<RuleRecord>;
  readonly targets: Collection<TargetRecord>;
}

export const openCollections = (records: Records): Collections => ({
  rules: records.collection("rules"),
  targets: records.collection("targets"),
});
