import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { invalidParameter, lifecyclePolicyNotFound, repositoryPolicyNotFound } from "../errors.ts";
import { findRepository } from "../find.ts";
import { MAX_LIFECYCLE_RULES } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { namedView } from "../views.ts";

export const setRepositoryPolicy =
  (room: Room): Operation<"SetRepositoryPolicy"> =>
  async (ctx, input) => {
    const repository = findRepository(room, ctx.account, input);
    const document = parsed(input.policyText, "PolicyText");
    if (!document["Statement"]) {
      throw invalidParameter(
        "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
      );
    }
    room.repositories.put(repository.name, { ...repository, policy: input.policyText });
    return { ...namedView(repository), policyText: input.policyText };
  };

export const getRepositoryPolicy =
  (room: Room): Operation<"GetRepositoryPolicy"> =>
  async (ctx, input) => {
    const repository = findRepository(room, ctx.account, input);
    if (repository.policy === undefined) throw repositoryPolicyNotFound(repository.name, ctx.account);
    return { ...namedView(repository), policyText: repository.policy };
  };

export const deleteRepositoryPolicy =
  (room: Room): Operation<"DeleteRepositoryPolicy"> =>
  async (ctx, input) => {
    const { policy, ...repository } = findRepository(room, ctx.account, input);
    if (policy === undefined) throw repositoryPolicyNotFound(repository.name, ctx.account);
    room.repositories.put(repository.name, repository);
    return { ...namedView(repository), policyText: policy };
  };

/** Kept and checked; there are no images for it to expire. */
export const putLifecyclePolicy =
  (room: Room): Operation<"PutLifecyclePolicy"> =>
  async (ctx, input) => {
    const repository = findRepository(room, ctx.account, input);
    const { rules } = parsed(input.lifecyclePolicyText, "LifecyclePolicyText");
    if (!Array.isArray(rules) || rules.length === 0 || rules.length > MAX_LIFECYCLE_RULES || !rules.every(isRule)) {
      throw invalidParameter(
        "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure'",
      );
    }
    room.repositories.put(repository.name, { ...repository, lifecyclePolicy: input.lifecyclePolicyText });
    return { ...namedView(repository), lifecyclePolicyText: input.lifecyclePolicyText };
  };

export const getLifecyclePolicy =
  (room: Room): Operation<"GetLifecyclePolicy"> =>
  async (ctx, input) => {
    const repository = findRepository(room, ctx.account, input);
    if (repository.lifecyclePolicy === undefined) throw lifecyclePolicyNotFound(repository.name, ctx.account);
    return { ...namedView(repository), lifecyclePolicyText: repository.lifecyclePolicy };
  };

export const deleteLifecyclePolicy =
  (room: Room): Operation<"DeleteLifecyclePolicy"> =>
  async (ctx, input) => {
    const { lifecyclePolicy, ...repository } = findRepository(room, ctx.account, input);
    if (lifecyclePolicy === undefined) throw lifecyclePolicyNotFound(repository.name, ctx.account);
    room.repositories.put(repository.name, repository);
    return { ...namedView(repository), lifecyclePolicyText: lifecyclePolicy };
  };

const parsed = (text: string, member: string): JsonObject => {
  try {
    const value = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Answered below, as what is JSON but no object is.
  }
  throw invalidParameter(`Invalid parameter at '${member}' failed to satisfy constraint: 'Invalid JSON provided'`);
};

const isRule = (rule: unknown): boolean =>
  typeof rule === "object" && rule !== null && "rulePriority" in rule && "selection" in rule && "action" in rule;
