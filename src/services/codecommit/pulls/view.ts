import { createHash } from "node:crypto";
import { mergeBase } from "../../../engines/git/commits.ts";
import { placeOf } from "../place.ts";
import type { Room } from "../room.ts";
import { repositoryOf } from "./find.ts";
import type { ApprovalRuleRecord, PullRecord } from "./records.ts";

/** https://docs.aws.amazon.com/codecommit/latest/APIReference/API_PullRequest.html */
export const pullView = async (room: Room, pull: PullRecord) => {
  const { number, title, description, status, author, merged, token } = pull;
  const repository = repositoryOf(room, pull);
  const base = await mergeBase(room, placeOf(room, repository), pull.sourceCommit, pull.destinationCommit);
  return {
    pullRequestId: String(number),
    title,
    ...(description === undefined ? {} : { description }),
    lastActivityDate: new Date(pull.activeAt),
    creationDate: new Date(pull.createdAt),
    pullRequestStatus: status,
    authorArn: author,
    pullRequestTargets: [
      {
        repositoryName: repository.name,
        sourceReference: pull.source,
        destinationReference: pull.destination,
        destinationCommit: pull.destinationCommit,
        sourceCommit: pull.sourceCommit,
        ...(base === undefined ? {} : { mergeBase: base }),
        mergeMetadata: mergedView(merged),
      },
    ],
    ...(token === undefined ? {} : { clientRequestToken: token }),
    revisionId: pull.revisionId,
    approvalRules: pull.rules.map(ruleView),
  };
};

export const mergedView = (merged: PullRecord["merged"]) =>
  merged
    ? { isMerged: true, mergedBy: merged.by, mergeCommitId: merged.commitId, mergeOption: merged.option }
    : { isMerged: false };

export const ruleView = ({ id, name, content, template, ...rule }: ApprovalRuleRecord) => ({
  approvalRuleId: id,
  approvalRuleName: name,
  approvalRuleContent: content,
  ruleContentSha256: sha256Of(content),
  lastModifiedDate: new Date(rule.changedAt),
  creationDate: new Date(rule.createdAt),
  lastModifiedUser: rule.changedBy,
  ...(template
    ? { originApprovalRuleTemplate: { approvalRuleTemplateId: template.id, approvalRuleTemplateName: template.name } }
    : {}),
});

export const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");
