import { openName, sealName } from "../../../kernel/paging.ts";
import {
  invalidParameter,
  repositoryAlreadyExists,
  repositoryNotFound,
  tooManyRepositories,
  tooManyTags,
} from "../errors.ts";
import { findRepository } from "../find.ts";
import { DEFAULT_PAGE_SIZE, MAX_REPOSITORIES, MAX_TAGS } from "../limits.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { exclusionsView, namedView, repositoryView } from "../views.ts";

export const createRepository =
  ({ repositories, clock }: Room): Operation<"CreateRepository"> =>
  async (ctx, input) => {
    const { repositoryName: name, registryId = ctx.account, encryptionConfiguration, tags = [] } = input;
    if (registryId !== ctx.account) throw invalidParameter("registryId must be the caller's own registry.");
    if (repositories.has(name)) throw repositoryAlreadyExists(name, ctx.account);
    if (repositories.count() >= MAX_REPOSITORIES) throw tooManyRepositories(ctx.account);
    if (tags.length > MAX_TAGS) throw tooManyTags();
    const suffix = ctx.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    const kmsKey = encryptionConfiguration?.kmsKey;
    const repository: RepositoryRecord = {
      name,
      arn: ctx.arn(`repository/${name}`),
      uri: `${ctx.account}.dkr.ecr.${ctx.region}.${suffix}/${name}`,
      account: ctx.account,
      createdAt: clock.now(),
      tagMutability: input.imageTagMutability ?? "MUTABLE",
      mutabilityExclusions: exclusionsOf(input),
      scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
      encryption: {
        type: encryptionConfiguration?.encryptionType ?? "AES256",
        ...(kmsKey === undefined ? {} : { kmsKey }),
      },
      tags: tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
    };
    repositories.put(name, repository);
    return { repository: repositoryView(repository) };
  };

export const describeRepositories =
  (room: Room): Operation<"DescribeRepositories"> =>
  async (ctx, { registryId = ctx.account, repositoryNames, nextToken, maxResults = DEFAULT_PAGE_SIZE }) => {
    if (repositoryNames !== undefined) {
      if (nextToken !== undefined || maxResults !== DEFAULT_PAGE_SIZE) {
        throw invalidParameter("'nextToken' and 'maxResults' are not allowed together with 'repositoryNames'.");
      }
      const named = repositoryNames.map((repositoryName) =>
        findRepository(room, ctx.account, { repositoryName, registryId }),
      );
      return { repositories: named.map(repositoryView) };
    }
    if (registryId !== ctx.account) throw repositoryNotFound("*", registryId);
    const after =
      nextToken === undefined
        ? {}
        : {
            gt: openName(nextToken, () =>
              invalidParameter(
                "Invalid parameter at 'nextToken' failed to satisfy constraint: 'must be a token of a former answer'",
              ),
            ),
          };
    const found = [...room.repositories.range({ ...after, limit: maxResults + 1 })].map(({ value }) => value);
    const page = found.slice(0, maxResults);
    const last = found.length > page.length ? page.at(-1) : undefined;
    return {
      repositories: page.map(repositoryView),
      ...(last ? { nextToken: sealName(last.name) } : {}),
    };
  };

/** No image can have been pushed, so `force` makes no difference. */
export const deleteRepository =
  (room: Room): Operation<"DeleteRepository"> =>
  async (ctx, input) => {
    const repository = findRepository(room, ctx.account, input);
    room.repositories.delete(repository.name);
    return { repository: repositoryView(repository) };
  };

export const putImageTagMutability =
  (room: Room): Operation<"PutImageTagMutability"> =>
  async (ctx, input) => {
    const changed = {
      ...findRepository(room, ctx.account, input),
      tagMutability: input.imageTagMutability,
      mutabilityExclusions: exclusionsOf(input),
    };
    room.repositories.put(changed.name, changed);
    return { ...namedView(changed), imageTagMutability: changed.tagMutability, ...exclusionsView(changed) };
  };

export const putImageScanningConfiguration =
  (room: Room): Operation<"PutImageScanningConfiguration"> =>
  async (ctx, input) => {
    const scanOnPush = input.imageScanningConfiguration.scanOnPush ?? false;
    const changed = { ...findRepository(room, ctx.account, input), scanOnPush };
    room.repositories.put(changed.name, changed);
    return { ...namedView(changed), imageScanningConfiguration: { scanOnPush } };
  };

interface Mutability {
  readonly imageTagMutability?: string | undefined;
  readonly imageTagMutabilityExclusionFilters?: readonly { readonly filter: string }[] | undefined;
}

/** AWS: filters go with the two modes that have exclusions, and with no other. */
const exclusionsOf = ({ imageTagMutability = "MUTABLE", imageTagMutabilityExclusionFilters = [] }: Mutability) => {
  const excludes = imageTagMutability.endsWith("_WITH_EXCLUSION");
  if (excludes !== imageTagMutabilityExclusionFilters.length > 0) {
    throw invalidParameter(
      "Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: " +
        `'${excludes ? "must be specified" : "must not be specified"} when imageTagMutability is ${imageTagMutability}'`,
    );
  }
  return imageTagMutabilityExclusionFilters.map(({ filter }) => filter);
};
