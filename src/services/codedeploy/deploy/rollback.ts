import { DEFAULT_CONFIGS } from "../configs.ts";
import type { DeploymentRecord, Failure } from "../records.ts";
import type { Room } from "../room.ts";
import { newDeployment } from "./newDeployment.ts";

/** The deployment that takes a failed one back: all traffic to the version before, at once. Undefined when none is asked for. */
export const newRollback = (room: Room, failed: DeploymentRecord, { code }: Failure): DeploymentRecord | undefined => {
  // AWS: a rollback that fails is not rolled back.
  if (failed.rollsBack !== undefined || !failed.appSpec || !wantsRollback(failed, code)) return undefined;
  const { functionName, alias, currentVersion, targetVersion } = failed.appSpec;
  return {
    ...newDeployment(room, {
      application: failed.application,
      group: failed.group,
      platform: failed.platform,
      configName: DEFAULT_CONFIGS[failed.platform],
      routing: { type: "AllAtOnce" },
      ...(failed.traceId === undefined ? {} : { traceId: failed.traceId }),
      creator: "codeDeployRollback",
      revision: failed.previousRevision ?? failed.revision,
      appSpec: { functionName, alias, currentVersion: targetVersion, targetVersion: currentVersion },
      alarms: undefined,
      autoRollback: undefined,
    }),
    rollsBack: failed.id,
  };
};

const wantsRollback = ({ autoRollback, stopRequested }: DeploymentRecord, code: Failure["code"]): boolean => {
  if (stopRequested && code === "MANUAL_STOP") return stopRequested.rollback;
  const event = code === "ALARM_ACTIVE" ? "DEPLOYMENT_STOP_ON_ALARM" : "DEPLOYMENT_FAILURE";
  return autoRollback?.enabled === true && (autoRollback.events ?? []).includes(event);
};
