/** What a look at the world, before anything is made, has found against a change. */
export interface ValidationRecord {
  readonly eventId: string;
  readonly name: "NAME_CONFLICT_VALIDATION" | "BUCKET_EMPTINESS_VALIDATION";
  /** FAIL: the change set comes to nothing. WARN: it is only told of. */
  readonly mode: "FAIL" | "WARN";
  readonly status: "FAILED" | "SKIPPED";
  readonly reason: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly at: number;
}
