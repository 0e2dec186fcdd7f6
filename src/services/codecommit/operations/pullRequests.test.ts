import {
  AssociateApprovalRuleTemplateWithRepositoryCommand,
  BatchAssociateApprovalRuleTemplateWithRepositoriesCommand,
  CodeCommitClient,
  CreateApprovalRuleTemplateCommand,
  CreateBranchCommand,
  CreatePullRequestApprovalRuleCommand,
  CreatePullRequestCommand,
  DeleteApprovalRuleTemplateCommand,
  DeleteBranchCommand,
  DeletePullRequestApprovalRuleCommand,
  DescribePullRequestEventsCommand,
  DisassociateApprovalRuleTemplateFromRepositoryCommand,
  EvaluatePullRequestApprovalRulesCommand,
  GetPullRequestApprovalStatesCommand,
  GetPullRequestCommand,
  GetPullRequestOverrideStateCommand,
  ListAssociatedApprovalRuleTemplatesForRepositoryCommand,
  ListPullRequestsCommand,
  ListRepositoriesForApprovalRuleTemplateCommand,
  MergeBranchesByFastForwardCommand,
  MergePullRequestByFastForwardCommand,
  MergePullRequestBySquashCommand,
  OverridePullRequestApprovalRulesCommand,
  UpdateApprovalRuleTemplateNameCommand,
  UpdatePullRequestApprovalRuleContentCommand,
  UpdatePullRequestApprovalStateCommand,
  UpdatePullRequestDescriptionCommand,
  UpdatePullRequestStatusCommand,
  UpdatePullRequestTitleCommand,
} from "@aws-sdk/client-codecommit";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CloudEvent } from "../../../kernel/events.ts";
import { type CommitCloud, commitCloud } from "../testCommit.ts";

let made: CommitCloud;
let events: CloudEvent[];
beforeEach(async () => {
  made = await commitCloud();
  const commitId = await made.first({ a: "1" });
  await made.client.send(new CreateBranchCommand({ repositoryName: "app", branchName: "side", commitId }));
  await made.commit({ b: "2" }, "side");
  events = [];
  made.cloud.events.subscribe((event) => event.source === "aws.codecommit" && events.push(event));
});
afterEach(() => made[Symbol.asyncDispose]());

const ROOT = "arn:aws:iam::123456789012:root";
const target = { repositoryName: "app", sourceReference: "side" };
const open = async (more: object = {}) => {
  const asked = new CreatePullRequestCommand({ title: "Two", targets: [target], ...more });
  const { pullRequest } = await made.client.send(asked);
  return { pullRequestId: pullRequest?.pullRequestId ?? "", revisionId: pullRequest?.revisionId ?? "", pullRequest };
};
const get = async (pullRequestId: string) =>
  (await made.client.send(new GetPullRequestCommand({ pullRequestId }))).pullRequest;
const rule = (statement: object, more: object = {}) =>
  JSON.stringify({ Version: "2018-11-08", ...more, Statements: [{ Type: "Approvers", ...statement }] });

/** A user who may do all in CodeCommit. */
const userClient = async (UserName: string) => {
  const iam = made.cloud.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName }));
  const Statement = [{ Effect: "Allow", Action: "codecommit:*", Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "all", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  return made.cloud.client(CodeCommitClient, { credentials });
};

describe("a pull request", () => {
  it("is opened, shown, listed and told of", async () => {
    const { pullRequest } = await open({ description: "d", clientRequestToken: "t" });
    expect(pullRequest).toEqual({
      pullRequestId: "1",
      title: "Two",
      description: "d",
      lastActivityDate: expect.any(Date),
      creationDate: expect.any(Date),
      pullRequestStatus: "OPEN",
      authorArn: ROOT,
      pullRequestTargets: [
        {
          repositoryName: "app",
          sourceReference: "refs/heads/side",
          destinationReference: "refs/heads/main",
          sourceCommit: await made.headOf("side"),
          destinationCommit: await made.headOf(),
          mergeBase: await made.headOf(),
          mergeMetadata: { isMerged: false },
        },
      ],
      clientRequestToken: "t",
      revisionId: expect.stringMatching(/^[0-9a-f]{64}$/),
      approvalRules: [],
    });
    expect(await get("1")).toEqual(pullRequest);
    expect((await open({ description: "d", clientRequestToken: "t" })).pullRequestId).toBe("1");
    await expect(open({ title: "Other", clientRequestToken: "t" })).rejects.toMatchObject({
      name: "IdempotencyParameterMismatchException",
    });
    await open();
    const list = async (more: object = {}) =>
      (await made.client.send(new ListPullRequestsCommand({ repositoryName: "app", ...more }))).pullRequestIds;
    expect(await list()).toEqual(["2", "1"]);
    expect(await list({ pullRequestStatus: "CLOSED" })).toEqual([]);
    expect(await list({ authorArn: "arn:aws:iam::123456789012:user/x" })).toEqual([]);
    expect(events[0]).toMatchObject({
      detailType: "CodeCommit Pull Request State Change",
      resources: ["arn:aws:codecommit:us-east-1:123456789012:app"],
      detail: {
        event: "pullRequestCreated",
        pullRequestId: "1",
        pullRequestStatus: "Open",
        isMerged: "False",
        author: ROOT,
        callerUserArn: ROOT,
        sourceReference: "refs/heads/side",
        repositoryNames: ["app"],
        title: "Two",
      },
    });
  });

  it("is refused for branches that are not there, or the same", async () => {
    const refused = (input: object) =>
      open(input).then(
        () => "none",
        ({ name }: Error) => name,
      );
    expect(await refused({ targets: [{ ...target, sourceReference: "main" }] })).toBe(
      "SourceAndDestinationAreSameException",
    );
    expect(await refused({ targets: [{ ...target, sourceReference: "none" }] })).toBe("ReferenceDoesNotExistException");
    expect(await refused({ targets: [{ ...target, sourceReference: "refs/tags/v" }] })).toBe(
      "ReferenceTypeNotSupportedException",
    );
    expect(await refused({ targets: [{ ...target, sourceReference: "a b" }] })).toBe("InvalidReferenceNameException");
    expect(await refused({ targets: [] })).toBe("TargetsRequiredException");
    expect(await refused({ targets: [target, { ...target, repositoryName: "b" }] })).toBe(
      "MultipleRepositoriesInPullRequestException",
    );
    expect(await refused({ title: "t".repeat(151) })).toBe("InvalidTitleException");
    await expect(get("9")).rejects.toMatchObject({ name: "PullRequestDoesNotExistException" });
    await expect(get("x")).rejects.toMatchObject({ name: "InvalidPullRequestIdException" });
  });

  it("follows its branches", async () => {
    const { pullRequestId, revisionId } = await open();
    const head = await made.commit({ c: "3" }, "side");
    const updated = await get(pullRequestId);
    expect(updated?.pullRequestTargets?.[0]?.sourceCommit).toBe(head);
    expect(updated?.revisionId).not.toBe(revisionId);
    const { pullRequestEvents = [] } = await made.client.send(new DescribePullRequestEventsCommand({ pullRequestId }));
    expect(pullRequestEvents.map(({ pullRequestEventType }) => pullRequestEventType)).toEqual([
      "PULL_REQUEST_CREATED",
      "PULL_REQUEST_SOURCE_REFERENCE_UPDATED",
    ]);
    const mergeBase = await made.headOf();
    expect(pullRequestEvents[0]?.pullRequestCreatedEventMetadata).toMatchObject({ repositoryName: "app", mergeBase });
    expect(pullRequestEvents[1]?.pullRequestSourceReferenceUpdatedEventMetadata).toMatchObject({
      afterCommitId: head,
      mergeBase,
    });
    await made.client.send(
      new MergeBranchesByFastForwardCommand({
        ...{ repositoryName: "app", sourceCommitSpecifier: "side", destinationCommitSpecifier: "main" },
      }),
    );
    await made.cloud.tasks.idle();
    const merged = await get(pullRequestId);
    expect(merged).toMatchObject({
      pullRequestStatus: "CLOSED",
      pullRequestTargets: [{ mergeMetadata: { isMerged: true, mergeOption: "FAST_FORWARD_MERGE" } }],
    });
    await made.commit({ d: "4" }, "side");
    const other = await open();
    await made.client.send(new DeleteBranchCommand({ repositoryName: "app", branchName: "side" }));
    expect(await get(other.pullRequestId)).toMatchObject({
      pullRequestStatus: "CLOSED",
      pullRequestTargets: [{ mergeMetadata: { isMerged: false } }],
    });
  });

  it("is changed, and closed for good", async () => {
    const { pullRequestId } = await open();
    await made.client.send(new UpdatePullRequestTitleCommand({ pullRequestId, title: "New" }));
    await made.client.send(new UpdatePullRequestDescriptionCommand({ pullRequestId, description: "more" }));
    const close = (pullRequestStatus: "CLOSED" | "OPEN") =>
      made.client.send(new UpdatePullRequestStatusCommand({ pullRequestId, pullRequestStatus }));
    expect((await close("CLOSED")).pullRequest).toMatchObject({
      title: "New",
      description: "more",
      pullRequestStatus: "CLOSED",
    });
    await expect(close("CLOSED")).rejects.toMatchObject({ name: "PullRequestAlreadyClosedException" });
    await expect(close("OPEN")).rejects.toMatchObject({ name: "InvalidPullRequestStatusUpdateException" });
    await expect(
      made.client.send(new MergePullRequestByFastForwardCommand({ pullRequestId, repositoryName: "app" })),
    ).rejects.toMatchObject({ name: "PullRequestAlreadyClosedException" });
  });

  it("is merged as it was looked at", async () => {
    const { pullRequestId, pullRequest } = await open();
    const merge = (sourceCommitId: string | undefined, repositoryName = "app") =>
      made.client.send(
        new MergePullRequestBySquashCommand({ pullRequestId, repositoryName, sourceCommitId, commitMessage: "All" }),
      );
    await expect(merge(await made.headOf())).rejects.toMatchObject({
      name: "TipOfSourceReferenceIsDifferentException",
    });
    await expect(merge(undefined, "other")).rejects.toMatchObject({
      name: "RepositoryNotAssociatedWithPullRequestException",
    });
    const done = await merge(pullRequest?.pullRequestTargets?.[0]?.sourceCommit);
    expect(done.pullRequest).toMatchObject({
      pullRequestStatus: "CLOSED",
      pullRequestTargets: [
        {
          mergeMetadata: {
            isMerged: true,
            mergedBy: ROOT,
            mergeOption: "SQUASH_MERGE",
            mergeCommitId: await made.headOf(),
          },
        },
      ],
    });
    expect(events.find(({ detail }) => detail["event"] === "pullRequestMergeStatusUpdated")?.detail).toMatchObject({
      isMerged: "True",
      mergeOption: "SQUASH_MERGE",
      pullRequestStatus: "Closed",
    });
  });
});

describe("approval rules", () => {
  it("hold a merge until enough of their people approve of this revision", async () => {
    const { pullRequestId, revisionId } = await open();
    const content = rule({ NumberOfApprovalsNeeded: 1, ApprovalPoolMembers: ["CodeCommitApprovers:123456789012:ann"] });
    const { approvalRule } = await made.client.send(
      new CreatePullRequestApprovalRuleCommand({
        pullRequestId,
        approvalRuleName: "one",
        approvalRuleContent: content,
      }),
    );
    expect(approvalRule).toMatchObject({
      approvalRuleName: "one",
      approvalRuleContent: content,
      lastModifiedUser: ROOT,
    });
    const merge = () =>
      made.client.send(new MergePullRequestByFastForwardCommand({ pullRequestId, repositoryName: "app" }));
    const approve = (client: CodeCommitClient, approvalState: "APPROVE" | "REVOKE", revision = revisionId) =>
      client.send(new UpdatePullRequestApprovalStateCommand({ pullRequestId, revisionId: revision, approvalState }));
    const evaluation = async () =>
      (await made.client.send(new EvaluatePullRequestApprovalRulesCommand({ pullRequestId, revisionId }))).evaluation;
    await expect(merge()).rejects.toMatchObject({ name: "PullRequestApprovalRulesNotSatisfiedException" });
    await expect(approve(made.client, "APPROVE")).rejects.toMatchObject({
      name: "PullRequestCannotBeApprovedByAuthorException",
    });
    const [ann, bob] = [await userClient("ann"), await userClient("bob")];
    await approve(bob, "APPROVE");
    expect(await evaluation()).toMatchObject({ approved: false, approvalRulesNotSatisfied: ["one"] });
    await approve(ann, "APPROVE");
    expect(await evaluation()).toMatchObject({ approved: true, overridden: false, approvalRulesSatisfied: ["one"] });
    const states = new GetPullRequestApprovalStatesCommand({ pullRequestId, revisionId });
    expect((await made.client.send(states)).approvals?.map(({ userArn }) => userArn)).toEqual([
      "arn:aws:iam::123456789012:user/bob",
      "arn:aws:iam::123456789012:user/ann",
    ]);
    await approve(ann, "REVOKE");
    await expect(merge()).rejects.toMatchObject({ name: "PullRequestApprovalRulesNotSatisfiedException" });
    await expect(approve(ann, "APPROVE", "0".repeat(64))).rejects.toMatchObject({
      name: "RevisionNotCurrentException",
    });
    await approve(ann, "APPROVE");
    await merge();
  });

  it("are overridden, and the override is taken back", async () => {
    const { pullRequestId, revisionId } = await open();
    const approvalRuleContent = rule({ NumberOfApprovalsNeeded: 2 });
    await made.client.send(
      new CreatePullRequestApprovalRuleCommand({ pullRequestId, approvalRuleName: "two", approvalRuleContent }),
    );
    const override = (overrideStatus: "OVERRIDE" | "REVOKE") =>
      made.client.send(new OverridePullRequestApprovalRulesCommand({ pullRequestId, revisionId, overrideStatus }));
    await override("OVERRIDE");
    await expect(override("OVERRIDE")).rejects.toMatchObject({ name: "OverrideAlreadySetException" });
    const state = new GetPullRequestOverrideStateCommand({ pullRequestId, revisionId });
    expect(await made.client.send(state)).toMatchObject({ overridden: true, overrider: ROOT });
    await override("REVOKE");
    expect(await made.client.send(state)).toMatchObject({ overridden: false });
    await override("OVERRIDE");
    await made.client.send(new MergePullRequestByFastForwardCommand({ pullRequestId, repositoryName: "app" }));
  });

  it("are changed and deleted, unless a template gave them", async () => {
    const template = { approvalRuleTemplateName: "all", approvalRuleTemplateDescription: "d" };
    const onMain = rule({ NumberOfApprovalsNeeded: 1 }, { DestinationReferences: ["refs/heads/main"] });
    await made.client.send(new CreateApprovalRuleTemplateCommand({ ...template, approvalRuleTemplateContent: onMain }));
    const associated = { approvalRuleTemplateName: "all", repositoryName: "app" };
    await made.client.send(new AssociateApprovalRuleTemplateWithRepositoryCommand(associated));
    const { pullRequestId, pullRequest } = await open();
    expect(pullRequest?.approvalRules).toMatchObject([
      { approvalRuleName: "all", originApprovalRuleTemplate: { approvalRuleTemplateName: "all" } },
    ]);
    const update = (approvalRuleName: string, existingRuleContentSha256?: string) =>
      made.client.send(
        new UpdatePullRequestApprovalRuleContentCommand({
          ...{ pullRequestId, approvalRuleName, existingRuleContentSha256 },
          newRuleContent: rule({ NumberOfApprovalsNeeded: 3 }),
        }),
      );
    const remove = (approvalRuleName: string) =>
      made.client.send(new DeletePullRequestApprovalRuleCommand({ pullRequestId, approvalRuleName }));
    const named = (name: string) => ({ name });
    await expect(update("all")).rejects.toMatchObject(named("CannotModifyApprovalRuleFromTemplateException"));
    await expect(remove("all")).rejects.toMatchObject(named("CannotDeleteApprovalRuleFromTemplateException"));
    const create = (approvalRuleContent: string) =>
      made.client.send(
        new CreatePullRequestApprovalRuleCommand({ pullRequestId, approvalRuleName: "own", approvalRuleContent }),
      );
    await expect(create("{}")).rejects.toMatchObject(named("InvalidApprovalRuleContentException"));
    const { approvalRule } = await create(rule({ NumberOfApprovalsNeeded: 2 }));
    await expect(create(rule({ NumberOfApprovalsNeeded: 2 }))).rejects.toMatchObject(
      named("ApprovalRuleNameAlreadyExistsException"),
    );
    await expect(update("own", "0")).rejects.toMatchObject(named("InvalidRuleContentSha256Exception"));
    await update("own", approvalRule?.ruleContentSha256);
    expect((await remove("own")).approvalRuleId).toBe(approvalRule?.approvalRuleId);
    await expect(remove("own")).rejects.toMatchObject(named("ApprovalRuleDoesNotExistException"));
    expect(events.map(({ detail }) => detail["event"])).toEqual([
      "approvalRuleTemplateCreated",
      "approvalRuleTemplateAssociatedWithRepository",
      "pullRequestCreated",
      "pullRequestApprovalRuleCreated",
      "pullRequestApprovalRuleUpdated",
      "pullRequestApprovalRuleDeleted",
    ]);
  });

  it("come from templates, which have names and repositories", async () => {
    const approvalRuleTemplateContent = rule(
      { NumberOfApprovalsNeeded: 1 },
      { DestinationReferences: ["refs/heads/x"] },
    );
    const create = (approvalRuleTemplateName: string, content = approvalRuleTemplateContent) =>
      made.client.send(
        new CreateApprovalRuleTemplateCommand({ approvalRuleTemplateName, approvalRuleTemplateContent: content }),
      );
    await create("one");
    await expect(create("one")).rejects.toMatchObject({ name: "ApprovalRuleTemplateNameAlreadyExistsException" });
    await expect(create("two", "{}")).rejects.toMatchObject({ name: "InvalidApprovalRuleTemplateContentException" });
    await made.client.send(
      new UpdateApprovalRuleTemplateNameCommand({
        oldApprovalRuleTemplateName: "one",
        newApprovalRuleTemplateName: "two",
      }),
    );
    const approvalRuleTemplateName = "two";
    const batch = await made.client.send(
      new BatchAssociateApprovalRuleTemplateWithRepositoriesCommand({
        approvalRuleTemplateName,
        repositoryNames: ["app", "none"],
      }),
    );
    expect(batch.associatedRepositoryNames).toEqual(["app"]);
    expect(batch.errors).toMatchObject([{ repositoryName: "none", errorCode: "RepositoryDoesNotExistException" }]);
    const listed = await made.client.send(
      new ListAssociatedApprovalRuleTemplatesForRepositoryCommand({ repositoryName: "app" }),
    );
    expect(listed.approvalRuleTemplateNames).toEqual(["two"]);
    const asked = new ListRepositoriesForApprovalRuleTemplateCommand({ approvalRuleTemplateName });
    expect((await made.client.send(asked)).repositoryNames).toEqual(["app"]);
    // It is for another branch than this one goes to.
    expect((await open()).pullRequest?.approvalRules).toEqual([]);
    const remove = () => made.client.send(new DeleteApprovalRuleTemplateCommand({ approvalRuleTemplateName }));
    await expect(remove()).rejects.toMatchObject({ name: "ApprovalRuleTemplateInUseException" });
    await made.client.send(
      new DisassociateApprovalRuleTemplateFromRepositoryCommand({ approvalRuleTemplateName, repositoryName: "app" }),
    );
    await remove();
  });
});
