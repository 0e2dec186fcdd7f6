import { Cron } from "croner";
import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import type { Provide } from "../act/provider.ts";

/** AWS: waits until the window opens. https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html */
export const deploymentWindow: Provide = async ({ configuration, room, signal }) => {
  const { Cron: expression = "", TimeZone = "UTC" } = configuration;
  const window = windowOf(expression, TimeZone);
  while (!window.match(new Date(room.clock.now()))) {
    const opensAt = window.nextRun(new Date(room.clock.now()));
    if (!opensAt) throw new ActionFailure("JobFailed", `The deployment window ${expression} does not open any more.`);
    await room.clock.sleep(opensAt.getTime() - room.clock.now(), signal);
  }
  return { status: "Succeeded", summary: `Within the deployment window ${expression} (${TimeZone})` };
};

/** An expression of Quartz: seconds first, SUN is 1, the year optional. Throws ActionFailure. */
const windowOf = (expression: string, timezone: string): Cron => {
  try {
    const options = { paused: true, timezone, alternativeWeekdays: true, sloppyRanges: true } as const;
    const window = new Cron(expression, options);
    window.match(new Date(0));
    return window;
  } catch (error) {
    throw new ActionFailure("ConfigurationError", `Invalid deployment window '${expression}': ${errorMessage(error)}`);
  }
};
