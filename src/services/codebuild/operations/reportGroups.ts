import type { ReportGroup } from "@aws-sdk/client-codebuild";
import type { Answer } from "../../../kernel/aws.ts";
import { resourceAlreadyExists, resourceNotFound } from "../errors.ts";
import { after, openToken, pageOf } from "../paging.ts";
import type { ReportGroupRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagsOf } from "../settings.ts";

type Parts = Pick<Room, "reportGroups" | "clock">;

/** Differs: a report group is kept, but builds fill no reports yet; their logs say so. */
export const createReportGroup =
  ({ reportGroups, clock }: Parts): Operation<"CreateReportGroup"> =>
  async (ctx, { name, type, exportConfig, tags }) => {
    const arn = ctx.arn(`report-group/${name}`);
    if (reportGroups.has(arn)) throw resourceAlreadyExists(`Report group already exists: ${arn}`);
    const now = clock.now();
    const group = { arn, name, type, exportConfig, tags: tagsOf(tags), createdAt: now, modifiedAt: now };
    reportGroups.put(arn, group);
    return { reportGroup: reportGroupView(group) };
  };

export const updateReportGroup =
  ({ reportGroups, clock }: Parts): Operation<"UpdateReportGroup"> =>
  async (_ctx, { arn, exportConfig, tags }) => {
    const group = reportGroups.get(arn);
    if (!group) throw resourceNotFound(arn);
    const updated = {
      ...group,
      exportConfig: exportConfig ?? group.exportConfig,
      tags: tags === undefined ? group.tags : tagsOf(tags),
      modifiedAt: clock.now(),
    };
    reportGroups.put(arn, updated);
    return { reportGroup: reportGroupView(updated) };
  };

/** AWS: deleting a group that is not there succeeds. */
export const deleteReportGroup =
  ({ reportGroups }: Parts): Operation<"DeleteReportGroup"> =>
  async (_ctx, { arn }) => {
    reportGroups.delete(arn);
    return {};
  };

export const batchGetReportGroups =
  ({ reportGroups }: Parts): Operation<"BatchGetReportGroups"> =>
  async (_ctx, { reportGroupArns }) => ({
    reportGroups: reportGroupArns.flatMap((arn) => reportGroups.get(arn) ?? []).map(reportGroupView),
    reportGroupsNotFound: reportGroupArns.filter((arn) => !reportGroups.has(arn)),
  });

export const listReportGroups =
  ({ reportGroups }: Parts): Operation<"ListReportGroups"> =>
  async (_ctx, { sortOrder, nextToken }) => {
    const arns = [...reportGroups.range()].map(({ value }) => value.arn);
    const page = pageOf(after(sortOrder === "DESCENDING" ? arns.reverse() : arns, openToken(nextToken)));
    return { reportGroups: page.items, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
  };

const reportGroupView = (group: ReportGroupRecord): Answer<ReportGroup> => ({
  arn: group.arn,
  name: group.name,
  type: group.type,
  exportConfig: group.exportConfig,
  created: new Date(group.createdAt),
  lastModified: new Date(group.modifiedAt),
  tags: group.tags.map(({ key, value }) => ({ key, value })),
  status: "ACTIVE",
});
