import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { own } from "../../../kernel/own.ts";
import { placeholdersOf } from "../delivery/template.ts";
import { tooMany, validationError } from "../errors.ts";
import { busName, findBus, findOwnRule, findRule } from "../find.ts";
import { DEFAULT_PAGE_SIZE, MAX_TARGETS_PER_RULE } from "../limits.ts";
import { nextOf, page } from "../paging.ts";
import type { TargetRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "rules" | "buses" | "partition" | "region" | "account">;

export const putTargets =
  (room: Parts): Operation<"PutTargets"> =>
  async (_ctx, input) => {
    const rule = findOwnRule(room, input.Rule, input.EventBusName);
    for (const target of input.Targets) {
      refuseUnbuilt(target);
      checkInput(target);
    }
    const added = input.Targets.map(readTarget);
    const kept = rule.targets.filter(({ id }) => !added.some((target) => target.id === id));
    const targets = [...kept, ...added];
    if (targets.length > MAX_TARGETS_PER_RULE) throw tooMany();
    room.rules.put([rule.bus, rule.name], { ...rule, targets });
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

type TargetInput = Parameters<ReturnType<typeof putTargets>>[1]["Targets"][number];

/** Targets that no room here serves, by the parameters that go with them. */
const refuseUnbuilt = (target: TargetInput): void => {
  for (const member of UNBUILT) {
    if (target[member] !== undefined) throw new NotImplemented(`EventBridge targets with ${member}`);
  }
  if (isApiDestination(target.Arn)) {
    if (target.RoleArn === undefined) throw validationError(`RoleArn is required for target ${target.Arn}.`);
  } else if (target.HttpParameters && parseArn(target.Arn)?.service !== "execute-api") {
    throw validationError(`Parameter HttpParameters is not valid for target ${target.Id}.`);
  }
};

const checkInput = ({ Id, Input, InputPath, InputTransformer }: TargetInput): void => {
  if ([Input, InputPath, InputTransformer].filter((each) => each !== undefined).length > 1) {
    throw validationError(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  const paths = InputTransformer?.InputPathsMap ?? {};
  for (const name of placeholdersOf(InputTransformer?.InputTemplate ?? "")) {
    if (own(paths, name) === undefined && !name.startsWith("aws.events.")) {
      throw validationError(`InputTemplate for target ${Id} contains invalid placeholder ${name}.`);
    }
  }
};

const isApiDestination = (arn: string): boolean => parseArn(arn)?.resource.startsWith("api-destination/") ?? false;

const UNBUILT = [
  "AppSyncParameters",
  "BatchParameters",
  "EcsParameters",
  "KinesisParameters",
  "RedshiftDataParameters",
  "RunCommandParameters",
  "SageMakerPipelineParameters",
] as const;

const readTarget = (input: TargetInput): TargetRecord => ({
  id: input.Id,
  arn: input.Arn,
  ...(input.RoleArn === undefined ? {} : { roleArn: input.RoleArn }),
  ...(input.Input === undefined ? {} : { input: input.Input }),
  ...(input.InputPath === undefined ? {} : { inputPath: input.InputPath }),
  ...(input.InputTransformer === undefined
    ? {}
    : {
        inputTransformer: {
          paths: input.InputTransformer.InputPathsMap ?? {},
          template: input.InputTransformer.InputTemplate,
        },
      }),
  ...(input.SqsParameters?.MessageGroupId === undefined ? {} : { messageGroupId: input.SqsParameters.MessageGroupId }),
  ...(input.HttpParameters === undefined ? {} : { http: httpOf(input.HttpParameters) }),
  ...(input.RetryPolicy?.MaximumRetryAttempts === undefined
    ? {}
    : { maxRetries: input.RetryPolicy.MaximumRetryAttempts }),
  ...(input.RetryPolicy?.MaximumEventAgeInSeconds === undefined
    ? {}
    : { maxAgeSeconds: input.RetryPolicy.MaximumEventAgeInSeconds }),
  ...(input.DeadLetterConfig?.Arn === undefined ? {} : { deadLetterArn: input.DeadLetterConfig.Arn }),
});

const httpOf = (given: NonNullable<TargetInput["HttpParameters"]>): NonNullable<TargetRecord["http"]> => ({
  ...(given.PathParameterValues ? { pathValues: given.PathParameterValues } : {}),
  ...(given.HeaderParameters ? { headers: given.HeaderParameters } : {}),
  ...(given.QueryStringParameters ? { query: given.QueryStringParameters } : {}),
});

export const removeTargets =
  (room: Parts): Operation<"RemoveTargets"> =>
  async (_ctx, input) => {
    const rule = findOwnRule(room, input.Rule, input.EventBusName);
    room.rules.put([rule.bus, rule.name], {
      ...rule,
      targets: rule.targets.filter(({ id }) => !input.Ids.includes(id)),
    });
    return { FailedEntryCount: 0, FailedEntries: [] };
  };

export const listTargetsByRule =
  (room: Parts): Operation<"ListTargetsByRule"> =>
  async (_ctx, { Rule, EventBusName, NextToken, Limit = DEFAULT_PAGE_SIZE }) => {
    const { targets } = findRule(room, Rule, EventBusName);
    const { items, ...next } = page(targets, ({ id }) => id, NextToken, Limit);
    return { Targets: items.map(targetView), ...nextOf(next) };
  };

export const listRuleNamesByTarget =
  (room: Parts): Operation<"ListRuleNamesByTarget"> =>
  async (_ctx, { TargetArn, EventBusName, NextToken, Limit = DEFAULT_PAGE_SIZE }) => {
    findBus(room, EventBusName);
    const names = [...room.rules.range({ prefix: [busName(EventBusName)] })]
      .map(({ value }) => value)
      .filter(({ targets }) => targets.some(({ arn }) => arn === TargetArn))
      .map(({ name }) => name);
    const { items, ...next } = page(names, (name) => name, NextToken, Limit);
    return { RuleNames: items, ...nextOf(next) };
  };

const targetView = (target: TargetRecord) => ({
  Id: target.id,
  Arn: target.arn,
  RoleArn: target.roleArn,
  Input: target.input,
  InputPath: target.inputPath,
  ...(target.inputTransformer
    ? {
        InputTransformer: {
          InputPathsMap: { ...target.inputTransformer.paths },
          InputTemplate: target.inputTransformer.template,
        },
      }
    : {}),
  ...(target.messageGroupId === undefined ? {} : { SqsParameters: { MessageGroupId: target.messageGroupId } }),
  ...(target.http
    ? {
        HttpParameters: {
          PathParameterValues: target.http.pathValues && [...target.http.pathValues],
          HeaderParameters: target.http.headers && { ...target.http.headers },
          QueryStringParameters: target.http.query && { ...target.http.query },
        },
      }
    : {}),
  ...(target.maxRetries === undefined && target.maxAgeSeconds === undefined
    ? {}
    : {
        RetryPolicy: { MaximumRetryAttempts: target.maxRetries, MaximumEventAgeInSeconds: target.maxAgeSeconds },
      }),
  ...(target.deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: target.deadLetterArn } }),
});
