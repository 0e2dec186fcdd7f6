import type { JsonObject } from "../../kernel/json.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { ParameterPolicy } from "./policies/parse.ts";

/** Tells the cloud of what happened to parameters, once it is durable. */
export interface Announcements {
  announce(operation: Change, parameter: Changed): void;
  /** A policy has done what it is for. */
  announcePolicy(policy: ParameterPolicy, parameter: Changed): void;
}

type Change = "Create" | "Update" | "Delete" | "LabelParameterVersion";

interface Changed {
  readonly name: string;
  readonly arn: string;
  readonly type: string;
  readonly description?: string;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-eventbridge-events.html */
export const announcements = ({ records, events, ids, clock, tasks, account, region }: RoomDeps): Announcements => {
  const tell = (detailType: string, { name, arn }: Changed, detail: JsonObject): void => {
    const time = clock.now();
    tasks.spawn(`tell of parameter ${name}`, async () => {
      await records.committed();
      events.emit({ id: ids.uuid(), time, source: "aws.ssm", detailType, account, region, resources: [arn], detail });
    });
  };
  return {
    announce: (operation, parameter) => {
      const { name, type, description } = parameter;
      const detail = { operation, name, type, ...(description === undefined ? {} : { description }) };
      tell("Parameter Store Change", parameter, detail);
    },
    announcePolicy: ({ type, text }, parameter) => {
      const { name, type: parameterType, description } = parameter;
      tell("Parameter Store Policy Action", parameter, {
        "parameter-name": name,
        "parameter-type": parameterType,
        ...(description === undefined ? {} : { "parameter-description": description }),
        "policy-type": type,
        "policy-content": text,
        "action-status": "Success",
      });
    },
  };
};
