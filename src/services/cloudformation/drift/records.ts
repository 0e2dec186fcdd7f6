/** How one resource compared when it was looked at last. */
export interface DriftRecord {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: "IN_SYNC" | "MODIFIED" | "DELETED" | "UNKNOWN";
  /** JSON texts. */
  readonly expected: string;
  readonly actual: string | undefined;
  readonly differences: readonly {
    readonly path: string;
    readonly expected: string;
    readonly actual: string;
    readonly type: "ADD" | "REMOVE" | "NOT_EQUAL";
  }[];
  readonly at: number;
}
