import { checkedActions } from "../alarms/checks.ts";
import { alarmNameIn, evaluateComposites, initialState } from "../alarms/composite.ts";
import { alarmsIn, parseRule } from "../alarms/rule.ts";
import { saveAlarm } from "../alarms/save.ts";
import { catchUp } from "../alarms/watch.ts";
import { validationError } from "../errors.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom } from "../views.ts";

export const putCompositeAlarm =
  (room: Room): Operation<"PutCompositeAlarm"> =>
  async (ctx, input) => {
    catchUp(room);
    checkChildren(room, input.AlarmName, input.AlarmRule);
    const suppressor = suppressorOf(room, input);
    const isNew = !room.alarms.has(input.AlarmName);
    const description = input.AlarmDescription === undefined ? {} : { description: input.AlarmDescription };
    saveAlarm(room, ctx, input.AlarmName, tagsFrom(input.Tags), (base) => ({
      ...base,
      ...(isNew ? initialState(room, base.arn, input.AlarmRule) : {}),
      kind: "composite",
      rule: input.AlarmRule,
      ...description,
      ...checkedActions(room, input),
      actionsEnabled: input.ActionsEnabled ?? true,
      ...suppressor,
    }));
    evaluateComposites(room, room.clock.now());
    return {};
  };

/** AWS: the alarms a rule names must exist. */
const checkChildren = (room: Room, name: string, rule: string): void => {
  const names = alarmsIn(parseRule(rule)).map(alarmNameIn);
  if (names.includes(name)) throw validationError("A composite alarm cannot reference itself in its AlarmRule.");
  const unknown = [...new Set(names)].filter((each) => !room.alarms.has(each));
  if (unknown.length > 0)
    throw validationError(
      `Could not save the composite alarm as alarms [${unknown.join(", ")}] in the alarm rule do not exist`,
    );
};

interface SuppressorInput {
  readonly ActionsSuppressor?: string | undefined;
  readonly ActionsSuppressorWaitPeriod?: number | undefined;
  readonly ActionsSuppressorExtensionPeriod?: number | undefined;
}

const suppressorOf = (room: Room, input: SuppressorInput) => {
  const {
    ActionsSuppressor: alarm,
    ActionsSuppressorWaitPeriod: wait,
    ActionsSuppressorExtensionPeriod: extension,
  } = input;
  if (alarm === undefined) return {};
  if (wait === undefined || extension === undefined)
    throw validationError("ActionsSuppressor needs ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod.");
  if (!room.alarms.has(alarmNameIn(alarm))) throw validationError(`The ActionsSuppressor ${alarm} does not exist`);
  return { suppressor: { alarm, waitSeconds: wait, extensionSeconds: extension } };
};
