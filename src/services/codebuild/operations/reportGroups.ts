import type { ReportGroup } from "@aws-sdk/client-codebuild";
import type { Answer } from "../../../kernel/aws.ts";
import { invalidInput, reportGroupNotFound, resourceAlreadyExists } from "../errors.ts";
import { arnsInOrder } from "../listing.ts";
import { after, openToken, pageOf } from "../paging.ts";
import type { ReportGroupRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagsOf } from "../settings.ts";

type Parts = Pick<Room, "reportGroups" | "clock">;

/** The report group of that ARN. Throws when there is none. */
export const findReportGroup = ({ reportGroups }: Pick<Room, "reportGroups">, arn: string): ReportGroupRecord => {
  const group = reportGroups.get(arn);
  if (!group) throw reportGroupNotFound(arn);
  return group;
};

export const createReportGroup =
  ({ reportGroups, clock }: Parts): Operation<"CreateReportGroup"> =>
  async (ctx, { name, type, exportConfig, tags }) => {
    const arn = ctx.arn(`report-group/${name}`);
    checkExport(exportConfig);
    if (reportGroups.has(arn)) throw resourceAlreadyExists(`Report group already exists: ${arn}`);
    const now = clock.now();
    const group = { arn, name, type, exportConfig, tags: tagsOf(tags), createdAt: now, modifiedAt: now };
    reportGroups.put(arn, group);
    return { reportGroup: reportGroupView(group) };
  };

export const updateReportGroup =
  ({ reportGroups, clock }: Parts): Operation<"UpdateReportGroup"> =>
  async (_ctx, { arn, exportConfig, tags }) => {
    const group = findReportGroup({ reportGroups }, arn);
    if (exportConfig) checkExport(exportConfig);
    const updated = {
      ...group,
      exportConfig: exportConfig ?? group.exportConfig,
      tags: tags === undefined ? group.tags : tagsOf(tags),
      modifiedAt: clock.now(),
    };
    reportGroups.put(arn, updated);
    return { reportGroup: reportGroupView(updated) };
  };

const checkExport = (config: ReportGroupRecord["exportConfig"]): void => {
  if (config?.exportConfigType === "S3" && !config.s3Destination?.bucket)
    throw invalidInput("Invalid export config: an S3 destination with a bucket is required for export type S3");
};

/** AWS: deleting a group that is not there succeeds; one with reports goes only when they may go with it. */
export const deleteReportGroup =
  ({
    reportGroups,
    reports,
    policies,
  }: Pick<Room, "reportGroups" | "reports" | "policies">): Operation<"DeleteReportGroup"> =>
  async (_ctx, { arn, deleteReports = false }) => {
    const inside = [...reports.all({ groupArn: arn, descending: false })];
    if (inside.length > 0 && !deleteReports)
      throw invalidInput(
        `Report group ${arn} contains reports. Delete its reports first, or set deleteReports to true.`,
      );
    for (const report of inside) reports.remove(report);
    policies.delete(arn);
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
  async (_ctx, { sortOrder, sortBy, nextToken, maxResults }) => {
    const groups = [...reportGroups.range()].map(({ value }) => value);
    const page = pageOf(after(arnsInOrder(groups, sortBy, sortOrder), openToken(nextToken)), maxResults);
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
