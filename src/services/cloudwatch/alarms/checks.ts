import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import { MAX_ACTIONS } from "../limits.ts";
import type { Room } from "../room.ts";

interface ActionLists {
  readonly OKActions?: readonly string[] | undefined;
  readonly AlarmActions?: readonly string[] | undefined;
  readonly InsufficientDataActions?: readonly string[] | undefined;
}

/** The three lists of actions, each checked. Throws ValidationError; NotImplemented for what no alarm here can do. */
export const checkedActions = ({ region }: Pick<Room, "region">, input: ActionLists) => {
  const checked = (actions: readonly string[] = []): readonly string[] => {
    if (actions.length > MAX_ACTIONS)
      throw validationError(`An alarm can have at most ${MAX_ACTIONS} actions for each state.`);
    for (const action of actions) checkAction(region, action);
    return actions;
  };
  return {
    okActions: checked(input.OKActions),
    alarmActions: checked(input.AlarmActions),
    insufficientDataActions: checked(input.InsufficientDataActions),
  };
};

const checkAction = (region: string, action: string): void => {
  const arn = parseArn(action);
  if (!arn) throw validationError(`Invalid arn syntax: ${action}`);
  if (arn.region !== region)
    throw validationError(`Invalid region ${arn.region} specified. Only ${region} is supported.`);
  if (arn.service !== "sns" && arn.service !== "lambda")
    throw new NotImplemented(`cloudwatch alarm actions of ${arn.service}`);
};
