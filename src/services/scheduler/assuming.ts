import type { AssumingService } from "../../kernel/assumeRole.ts";

/**
 * What the Scheduler says of itself when it assumes a role.
 * AWS: `aws:SourceArn` is the schedule's group, so that one role can serve all of it.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export const asScheduler = (scheduleArn: string): AssumingService => ({
  service: "scheduler.amazonaws.com",
  sourceArn: scheduleArn.replace(/:schedule\/([^/]+)\/.*$/, ":schedule-group/$1"),
});
