/** An approval rule that new pull requests of certain repositories are given. */
export interface TemplateRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** JSON, as it was given. */
  readonly content: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** By the ARN. */
  readonly changedBy: string;
  /** The ids of those it is associated with. */
  readonly repositories: readonly string[];
}
