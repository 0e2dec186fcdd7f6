import { parseArn } from "../../../kernel/arn.ts";
import { errorCode, errorMessage, NotImplemented } from "../../../kernel/errors.ts";
import type { Served } from "../../../kernel/served.ts";
import { segmentOf, traceOfWork, within } from "../../../kernel/traceId.ts";
import type { ActionRecord, AlarmRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { noteHistory, timeText } from "./history.ts";
import { lambdaPayload, snsMessage, snsSubject } from "./messages.ts";

const actionsOf = ({ state, okActions, alarmActions, insufficientDataActions }: AlarmRecord): readonly string[] =>
  state === "OK" ? okActions : state === "ALARM" ? alarmActions : insufficientDataActions;

/** Notes an action for each that the new state has, and starts them. They survive a crash. */
export const performActions = (room: Room, before: AlarmRecord, after: AlarmRecord): void => {
  if (!after.actionsEnabled) return;
  for (const action of actionsOf(after)) {
    const due: ActionRecord = {
      id: room.ids.uuid(),
      alarm: after.name,
      action,
      subject: snsSubject(room, after),
      message: JSON.stringify(snsMessage(room, before, after)),
      payload: JSON.stringify(lambdaPayload(room, before, after)),
    };
    room.actions.put(due.id, due);
    perform(room, due);
  }
};

/** Takes up the actions that a crash left. */
export const resumeActions = (room: Room): void => {
  for (const { value } of room.actions.range()) perform(room, value);
};

const perform = (room: Room, due: ActionRecord): void =>
  room.tasks.spawn(`an action of the alarm ${due.alarm}`, async (signal) => {
    let failure: string | undefined;
    const startedAt = room.clock.now();
    const traceId = traceOfWork(due.id, startedAt);
    try {
      await send(room, due, within(traceId, segmentOf(due.id)));
      tellTrace(room, due, { startedAt, traceId });
    } catch (error) {
      if (signal.aborted) throw error;
      failure = `${errorCode(error)}: ${errorMessage(error)}`;
      tellTrace(room, due, { startedAt, traceId, error });
    }
    room.actions.delete(due.id);
    const alarm = room.alarms.get(due.alarm);
    if (alarm) noteAction(room, alarm, due, failure);
  });

/** AWS: nothing traces an alarm. Here what it brings about is a trace, which begins with it. */
const tellTrace = (room: Room, due: ActionRecord, how: Pick<Served, "startedAt" | "traceId" | "error">): void =>
  room.served({
    service: "cloudwatch",
    operation: `Action of the alarm ${due.alarm}`,
    resource: due.action,
    principal: { kind: "service", account: room.account, service: SERVICE_PRINCIPAL },
    requestId: due.id,
    segment: segmentOf(due.id),
    ...how,
  });

const noteAction = (room: Room, alarm: AlarmRecord, { action, message }: ActionRecord, failure?: string): void =>
  noteHistory(room, alarm, {
    time: room.clock.now(),
    type: "Action",
    summary:
      failure === undefined
        ? `Successfully executed action ${action}`
        : `Failed to execute action ${action}. Received error: "${failure}"`,
    data: JSON.stringify({
      actionState: failure === undefined ? "Succeeded" : "Failed",
      notificationResource: action,
      stateUpdateTimestamp: timeText(alarm.stateUpdatedAt),
      ...(failure === undefined ? {} : { error: failure }),
      publishedMessage: { default: message },
    }),
  });

const SERVICE_PRINCIPAL = "cloudwatch.amazonaws.com";

const send = async (
  room: Room,
  { action, alarm, subject, message, payload }: ActionRecord,
  traceId: string,
): Promise<void> => {
  const sourceArn = room.alarms.get(alarm)?.arn;
  const as = (service: string) =>
    room
      .contextAs({ kind: "service", account: room.account, service, ...(sourceArn ? { sourceArn } : {}) })
      .traced(traceId);
  switch (parseArn(action)?.service) {
    case "sns":
      await as(SERVICE_PRINCIPAL).call("sns", "Publish", {
        TopicArn: action,
        Subject: subject,
        Message: message,
      });
      return;
    case "lambda":
      await as("lambda.alarms.cloudwatch.amazonaws.com").call("lambda", "Invoke", {
        FunctionName: action,
        InvocationType: "Event",
        Payload: Buffer.from(payload),
      });
      return;
    default:
      throw new NotImplemented(`cloudwatch alarm actions such as ${action}`);
  }
};
