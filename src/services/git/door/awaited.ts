import type { CloudEvent } from "../../../kernel/events.ts";

/** Pipelines that rules of EventBridge are about to start for a push to CodeCommit. */
export interface Awaited {
  take(event: CloudEvent): void;
  /** The names of pipelines that were told of these commits, by the delivery that told them. */
  deliveriesFor(commits: readonly string[]): Map<string, string>;
}

/** Notes which rules take what is told of a repository: a rule that listens is asked before whoever follows the push. */
export const createAwaited = (): Awaited => {
  const told = new Map<string, string>();
  const deliveries: { readonly delivery: string; readonly event: string; readonly pipeline: string }[] = [];
  return {
    take: ({ id, source, detailType, detail }) => {
      if (source === "aws.codecommit" && detailType === "CodeCommit Repository State Change")
        told.set(id, String(detail["commitId"] ?? ""));
      if (source === "aloft.events" && detailType === "Pipeline Awaited")
        deliveries.push({
          delivery: String(detail["delivery"]),
          event: String(detail["event"]),
          pipeline: String(detail["pipeline"]),
        });
    },
    deliveriesFor: (commits) =>
      new Map(
        deliveries
          .filter(({ event }) => commits.includes(told.get(event) ?? ""))
          .map(({ delivery, pipeline }) => [delivery, pipeline]),
      ),
  };
};
