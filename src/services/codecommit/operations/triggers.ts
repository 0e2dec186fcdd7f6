import { errorMessage } from "../../../kernel/errors.ts";
import { actorOf } from "../actor.ts";
import { findRepository } from "../find.ts";
import { branchesOf } from "../git/specifiers.ts";
import type { TriggerRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkedTriggers } from "../triggers/check.ts";
import { deliver } from "../triggers/deliver.ts";

export const putRepositoryTriggers =
  (room: Room): Operation<"PutRepositoryTriggers"> =>
  async (_ctx, input) => {
    const repository = findRepository(room, input.repositoryName);
    const triggers = checkedTriggers(room, input.triggers);
    const configurationId = room.ids.uuid();
    room.tables.repositories.put({ ...repository, triggers, configurationId });
    return { configurationId };
  };

export const getRepositoryTriggers =
  (room: Room): Operation<"GetRepositoryTriggers"> =>
  async (_ctx, { repositoryName }) => {
    const { configurationId, triggers } = findRepository(room, repositoryName);
    return { ...(configurationId === undefined ? {} : { configurationId }), triggers: triggers.map(triggerView) };
  };

const triggerView = ({ branches, events, ...trigger }: TriggerRecord) => ({
  ...trigger,
  branches: [...branches],
  events: [...events],
});

export const testRepositoryTriggers =
  (room: Room): Operation<"TestRepositoryTriggers"> =>
  async (ctx, input) => {
    const repository = findRepository(room, input.repositoryName);
    const triggers = checkedTriggers(room, input.triggers);
    const [ref, commit] = [...(await branchesOf(room, repository))][0] ?? ["main", ""];
    const actor = actorOf(ctx.principal, ctx.partition);
    const outcomes = await Promise.all(
      triggers.map(async (trigger) => {
        try {
          const references = [{ commit, ref: `refs/heads/${trigger.branches[0] ?? ref}` }];
          await deliver(room, { repository, trigger, eventName: "TriggerEventTest", references, actor });
          return { trigger: trigger.name };
        } catch (error) {
          return { trigger: trigger.name, failureMessage: errorMessage(error) };
        }
      }),
    );
    return {
      successfulExecutions: outcomes
        .filter(({ failureMessage }) => failureMessage === undefined)
        .map(({ trigger }) => trigger),
      failedExecutions: outcomes.filter(({ failureMessage }) => failureMessage !== undefined),
    };
  };
