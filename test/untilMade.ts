import type { TestCloud } from "./harness.ts";

/** Comes when a stack says that it has made a resource of that name. To be asked for before the stack is. */
export const untilMade = ({ events }: Pick<TestCloud, "events">, logicalId: string): Promise<void> =>
  new Promise((resolve) => {
    const stop = events.subscribe(({ source, detail }) => {
      if (source !== "aws.cloudformation" || detail["logical-resource-id"] !== logicalId) return;
      if (!JSON.stringify(detail["status-details"]).includes('"CREATE_COMPLETE"')) return;
      stop();
      resolve();
    });
  });
