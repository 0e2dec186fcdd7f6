import { refsOf } from "../../../engines/git/revisions.ts";
import { actorOf } from "../actor.ts";
import { matchingRules } from "../approvals/fromTemplates.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { BRANCH, isReferenceName } from "../git/specifiers.ts";
import { MAX_OPEN_PULLS } from "../limits.ts";
import { placeOf } from "../place.ts";
import { keepPull } from "../pulls/keep.ts";
import type { PullRecord } from "../pulls/records.ts";
import { pullView } from "../pulls/view.ts";
import type { Operation, Room } from "../room.ts";

export const createPullRequest =
  (room: Room): Operation<"CreatePullRequest"> =>
  async (ctx, { title, description, targets, clientRequestToken: token }) => {
    const [target, ...more] = targets;
    if (!target) throw refusal("TargetsRequired");
    if (more.length > 0)
      throw refusal(
        more.some((each) => each.repositoryName !== target.repositoryName)
          ? "MultipleRepositoriesInPullRequest"
          : "InvalidTargets",
      );
    const repository = findRepository(room, target.repositoryName);
    const given = target.destinationReference ?? repository.defaultBranch;
    if (given === undefined) throw refusal("ReferenceDoesNotExist");
    const [source, destination] = [branchIn(target.sourceReference), branchIn(given)];
    const repeated = token === undefined ? undefined : madeBy(room, token);
    if (repeated) {
      const isSame = repeated.title === title && repeated.source === source && repeated.destination === destination;
      if (!isSame || repeated.repositoryId !== repository.id) throw refusal("IdempotencyParameterMismatch");
      return { pullRequest: await pullView(room, repeated) };
    }
    if (source === destination) throw refusal("SourceAndDestinationAreSame");
    const refs = await refsOf(room, placeOf(room, repository));
    const [sourceCommit, destinationCommit] = [refs.get(source), refs.get(destination)];
    if (sourceCommit === undefined || destinationCommit === undefined) throw refusal("ReferenceDoesNotExist");
    if (openOnes(room, repository.id) >= MAX_OPEN_PULLS) throw refusal("MaximumOpenPullRequestsExceeded");
    const now = room.clock.now();
    const actor = actorOf(ctx.principal, ctx.partition);
    const pull: PullRecord = {
      number: nextNumber(room),
      repositoryId: repository.id,
      title,
      ...(description === undefined ? {} : { description }),
      ...(token === undefined ? {} : { token }),
      status: "OPEN",
      author: actor,
      ...{ source, destination, sourceCommit, destinationCommit },
      revisionId: room.ids.hex(64),
      createdAt: now,
      activeAt: now,
      rules: matchingRules(room, repository, destination, actor),
      approvals: [],
    };
    if (token !== undefined) room.tables.pullTokens.put(token, pull.number);
    const kept = keepPull(room, pull, {
      type: "PULL_REQUEST_CREATED",
      tellsBase: true,
      detail: {
        pullRequestCreatedEventMetadata: {
          repositoryName: repository.name,
          sourceCommitId: sourceCommit,
          destinationCommitId: destinationCommit,
        },
      },
      event: "pullRequestCreated",
      words: "Created",
      actor,
    });
    return { pullRequest: await pullView(room, kept) };
  };

/** A branch by its name or its whole reference; AWS merges nothing else. */
const branchIn = (given: string): string => {
  if (!isReferenceName(given)) throw refusal("InvalidReferenceName");
  if (given.startsWith("refs/") && !given.startsWith(BRANCH)) throw refusal("ReferenceTypeNotSupported");
  return given.startsWith(BRANCH) ? given : `${BRANCH}${given}`;
};

const madeBy = ({ tables }: Room, token: string): PullRecord | undefined => {
  const number = tables.pullTokens.get(token);
  return number === undefined ? undefined : tables.pulls.get(number);
};

const openOnes = ({ tables }: Room, repositoryId: string): number =>
  [...tables.pulls.values()].filter((pull) => pull.repositoryId === repositoryId && pull.status === "OPEN").length;

const nextNumber = ({ tables }: Room): number => {
  const next = (tables.counters.get("pulls") ?? 0) + 1;
  tables.counters.put("pulls", next);
  return next;
};
