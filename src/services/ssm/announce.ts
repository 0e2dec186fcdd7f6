import type { RoomDeps } from "../../kernel/service.ts";

/** Tells the cloud of a change of a parameter, once it is durable. */
export type Announce = (operation: Change, parameter: Changed) => void;

type Change = "Create" | "Update" | "Delete" | "LabelParameterVersion";

interface Changed {
  readonly name: string;
  readonly arn: string;
  readonly type: string;
  readonly description?: string;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-eventbridge-events.html */
export const announcer =
  ({ records, events, ids, clock, tasks, account, region }: RoomDeps): Announce =>
  (operation, { name, arn, type, description }) => {
    const time = clock.now();
    tasks.spawn(`tell of parameter ${name}`, async () => {
      await records.committed();
      events.emit({
        id: ids.uuid(),
        time,
        source: "aws.ssm",
        detailType: "Parameter Store Change",
        account,
        region,
        resources: [arn],
        detail: { operation, name, type, ...(description === undefined ? {} : { description }) },
      });
    });
  };
