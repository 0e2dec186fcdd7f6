import {
  CreateBranchCommand,
  CreatePullRequestCommand,
  DeleteCommentContentCommand,
  GetCommentCommand,
  GetCommentReactionsCommand,
  GetCommentsForComparedCommitCommand,
  GetCommentsForPullRequestCommand,
  PostCommentForComparedCommitCommand,
  PostCommentForPullRequestCommand,
  PostCommentReplyCommand,
  PutCommentReactionCommand,
  UpdateCommentCommand,
} from "@aws-sdk/client-codecommit";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { CloudEvent } from "../../../kernel/events.ts";
import { type CommitCloud, commitCloud } from "../testCommit.ts";

let made: CommitCloud;
let events: CloudEvent[];
let before: string;
let after: string;
beforeEach(async () => {
  made = await commitCloud();
  before = await made.first({ a: "1" });
  await made.client.send(new CreateBranchCommand({ repositoryName: "app", branchName: "side", commitId: before }));
  after = await made.commit({ a: "2" }, "side");
  events = [];
  made.cloud.events.subscribe((event) => event.source === "aws.codecommit" && events.push(event));
});
afterEach(() => made[Symbol.asyncDispose]());

const ROOT = "arn:aws:iam::123456789012:root";
const compared = () => ({ repositoryName: "app", beforeCommitId: before, afterCommitId: after });
const say = (content: string, more: object = {}) =>
  made.client.send(new PostCommentForComparedCommitCommand({ ...compared(), content, ...more }));

it("commits are commented on, in their files, with replies", async () => {
  const location = { filePath: "a", filePosition: 1, relativeFileVersion: "AFTER" } as const;
  const posted = await say("one", { location });
  expect(posted).toMatchObject({
    ...compared(),
    location,
    beforeBlobId: expect.any(String),
    afterBlobId: expect.any(String),
  });
  expect(posted.comment).toEqual({
    commentId: expect.any(String),
    content: "one",
    creationDate: expect.any(Date),
    lastModifiedDate: expect.any(Date),
    authorArn: ROOT,
    deleted: false,
    clientRequestToken: expect.any(String),
    callerReactions: [],
    reactionCounts: {},
  });
  await say("whole");
  const inReplyTo = posted.comment?.commentId;
  await made.client.send(new PostCommentReplyCommand({ inReplyTo, content: "two" }));
  const { commentsForComparedCommitData = [] } = await made.client.send(
    new GetCommentsForComparedCommitCommand(compared()),
  );
  expect(commentsForComparedCommitData.map(({ comments }) => comments?.map(({ content }) => content))).toEqual([
    ["one", "two"],
    ["whole"],
  ]);
  expect(commentsForComparedCommitData[0]?.comments?.[1]?.inReplyTo).toBe(inReplyTo);
  expect(events.map(({ detailType, detail }) => [detailType, detail["event"], detail["inReplyTo"]])).toEqual([
    ["CodeCommit Comment on Commit", "commentOnCommitCreated", undefined],
    ["CodeCommit Comment on Commit", "commentOnCommitCreated", undefined],
    ["CodeCommit Comment on Commit", "commentOnCommitCreated", inReplyTo],
  ]);
});

it("pull requests are commented on", async () => {
  const targets = [{ repositoryName: "app", sourceReference: "side" }];
  const { pullRequest } = await made.client.send(new CreatePullRequestCommand({ title: "t", targets }));
  const pullRequestId = pullRequest?.pullRequestId;
  await made.client.send(new PostCommentForPullRequestCommand({ ...compared(), pullRequestId, content: "one" }));
  await say("not of it");
  const asked = new GetCommentsForPullRequestCommand({ pullRequestId });
  const { commentsForPullRequestData = [] } = await made.client.send(asked);
  expect(commentsForPullRequestData).toMatchObject([
    { pullRequestId, repositoryName: "app", comments: [{ content: "one" }] },
  ]);
  expect(events.at(-2)).toMatchObject({
    detailType: "CodeCommit Comment on Pull Request",
    detail: { event: "commentOnPullRequestCreated", pullRequestId },
  });
});

it("comments are changed, emptied and reacted to", async () => {
  const commentId = (await say("one")).comment?.commentId;
  const get = async () => (await made.client.send(new GetCommentCommand({ commentId }))).comment;
  await made.client.send(new UpdateCommentCommand({ commentId, content: "two" }));
  const react = (reactionValue: string) =>
    made.client.send(new PutCommentReactionCommand({ commentId, reactionValue }));
  await react(":smile:");
  await react("👍");
  expect(await get()).toMatchObject({
    content: "two",
    callerReactions: [":thumbsup:"],
    reactionCounts: { ":thumbsup:": 1 },
  });
  const { reactionsForComment } = await made.client.send(new GetCommentReactionsCommand({ commentId }));
  expect(reactionsForComment).toEqual([
    {
      reaction: { emoji: "👍", shortCode: ":thumbsup:", unicode: "U+1F44D" },
      reactionUsers: [ROOT],
      reactionsFromDeletedUsersCount: 0,
    },
  ]);
  await expect(react("odd")).rejects.toMatchObject({ name: "InvalidReactionValueException" });
  await react("none");
  expect((await get())?.callerReactions).toEqual([]);
  const emptied = await made.client.send(new DeleteCommentContentCommand({ commentId }));
  expect(emptied.comment).toMatchObject({ commentId, deleted: true });
  await expect(get()).rejects.toMatchObject({ name: "CommentDeletedException" });
  await expect(made.client.send(new UpdateCommentCommand({ commentId, content: "x" }))).rejects.toMatchObject({
    name: "CommentDeletedException",
  });
});

it("what cannot be commented on is refused", async () => {
  const refused = (content: string, more: object = {}) =>
    say(content, more).then(
      () => "none",
      ({ name }: Error) => name,
    );
  expect(await refused("")).toBe("CommentContentRequiredException");
  expect(await refused("x".repeat(10_241))).toBe("CommentContentSizeLimitExceededException");
  expect(await refused("x", { beforeCommitId: after })).toBe("BeforeCommitIdAndAfterCommitIdAreSameException");
  expect(await refused("x", { afterCommitId: "1".repeat(40) })).toBe("CommitDoesNotExistException");
  expect(await refused("x", { afterCommitId: "main" })).toBe("InvalidCommitIdException");
  expect(await refused("x", { location: { filePath: "none" } })).toBe("PathDoesNotExistException");
  expect(await refused("x", { location: { filePath: "a", filePosition: -1 } })).toBe("InvalidFilePositionException");
  expect(await refused("x", { clientRequestToken: "t" })).toBe("none");
  expect(await refused("x", { clientRequestToken: "t" })).toBe("none");
  expect(await refused("y", { clientRequestToken: "t" })).toBe("IdempotencyParameterMismatchException");
  await expect(made.client.send(new GetCommentCommand({ commentId: "x" }))).rejects.toMatchObject({
    name: "InvalidCommentIdException",
  });
});
