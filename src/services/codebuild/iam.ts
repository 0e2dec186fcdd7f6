import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { SERVICE_PRINCIPAL } from "./builds/serviceRole.ts";
import { batchIdOf, buildIdOf, nameOf, projectArn, sandboxIdOf } from "./find.ts";
import type { Room } from "./room.ts";
import { roleArn } from "./settings.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodebuild.html */
const onProject =
  (action: string) =>
  (room: Room, ctx: Context, name: string): AuthorizationRequest => {
    const arn = name.startsWith("arn:") ? name : projectArn(ctx, name);
    const tags = room.projects.get(nameOf(name))?.tags ?? [];
    const policy = room.policies.get(arn);
    return {
      action: `codebuild:${action}`,
      resource: arn,
      conditions: Object.fromEntries(tags.map(({ key, value }) => [`aws:ResourceTag/${key}`, value])),
      resourcePolicy: policy === undefined ? undefined : JSON.parse(policy),
    };
  };

/** AWS: actions on builds are allowed by their project. */
const onBuild = (action: string) => (room: Room, ctx: Context, id: string) =>
  onProject(action)(room, ctx, buildIdOf(id).split(":")[0] ?? "");

const onBatch = (action: string) => (room: Room, ctx: Context, id: string) =>
  onProject(action)(room, ctx, batchIdOf(id).split(":")[0] ?? "");

const onSandbox = (action: string) => (room: Room, ctx: Context, id: string) =>
  onProject(action)(room, ctx, sandboxIdOf(id).split(":")[0] ?? "");

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `codebuild:${action}`, resource: "*" });

const onArn =
  (action: string) =>
  (_room: Room, _ctx: Context, arn: string): AuthorizationRequest => ({
    action: `codebuild:${action}`,
    resource: arn,
  });

/** Whoever gives a project a role must be allowed to pass it to CodeBuild. */
const passing = (ctx: Context, role: string | undefined): readonly AuthorizationRequest[] =>
  role === undefined
    ? []
    : [
        {
          action: "iam:PassRole",
          resource: roleArn(ctx, role),
          conditions: { "iam:PassedToService": SERVICE_PRINCIPAL },
        },
      ];

/** AWS: actions on reports are allowed by their group. */
const groupArnOf = (reportArn: string): string => reportArn.replace(/:report\/(.+):[^:]+$/, ":report-group/$1");

const reportGroup = (ctx: Context, name: string) => ctx.arn(`report-group/${name}`);

const fleetArnOf = ({ fleets }: Room, ctx: Context, name: string): string =>
  name.startsWith("arn:") ? name : (fleets.get(name)?.arn ?? ctx.arn(`fleet/${name}`, "*"));

export const iam: IamTable<Room, "codebuild"> = {
  CreateProject: (room, ctx, input) => [
    onProject("CreateProject")(room, ctx, input.name),
    ...passing(ctx, input.serviceRole),
    ...passing(ctx, input.buildBatchConfig?.serviceRole),
  ],
  UpdateProject: (room, ctx, input) => [
    onProject("UpdateProject")(room, ctx, input.name),
    ...passing(ctx, input.serviceRole),
    ...passing(ctx, input.buildBatchConfig?.serviceRole),
  ],
  DeleteProject: (room, ctx, input) => onProject("DeleteProject")(room, ctx, input.name),
  BatchGetProjects: (room, ctx, input) => input.names.map((name) => onProject("BatchGetProjects")(room, ctx, name)),
  ListProjects: onAll("ListProjects"),
  InvalidateProjectCache: (room, ctx, input) => onProject("InvalidateProjectCache")(room, ctx, input.projectName),
  StartBuild: (room, ctx, input) => [
    onProject("StartBuild")(room, ctx, input.projectName),
    ...passing(ctx, input.serviceRoleOverride),
  ],
  RetryBuild: (room, ctx, input) => onBuild("RetryBuild")(room, ctx, input.id ?? ""),
  StopBuild: (room, ctx, input) => onBuild("StopBuild")(room, ctx, input.id),
  BatchGetBuilds: (room, ctx, input) => input.ids.map((id) => onBuild("BatchGetBuilds")(room, ctx, id)),
  BatchDeleteBuilds: (room, ctx, input) => input.ids.map((id) => onBuild("BatchDeleteBuilds")(room, ctx, id)),
  ListBuilds: onAll("ListBuilds"),
  ListBuildsForProject: (room, ctx, input) => onProject("ListBuildsForProject")(room, ctx, input.projectName),
  StartBuildBatch: (room, ctx, input) => [
    onProject("StartBuildBatch")(room, ctx, input.projectName),
    ...passing(ctx, input.serviceRoleOverride),
    ...passing(ctx, input.buildBatchConfigOverride?.serviceRole),
  ],
  RetryBuildBatch: (room, ctx, input) => onBatch("RetryBuildBatch")(room, ctx, input.id ?? ""),
  StopBuildBatch: (room, ctx, input) => onBatch("StopBuildBatch")(room, ctx, input.id),
  DeleteBuildBatch: (room, ctx, input) => onBatch("DeleteBuildBatch")(room, ctx, input.id),
  BatchGetBuildBatches: (room, ctx, input) => input.ids.map((id) => onBatch("BatchGetBuildBatches")(room, ctx, id)),
  ListBuildBatches: onAll("ListBuildBatches"),
  ListBuildBatchesForProject: (room, ctx, input) =>
    onProject("ListBuildBatchesForProject")(room, ctx, input.projectName ?? ""),
  StartSandbox: (room, ctx, input) => onProject("StartSandbox")(room, ctx, input.projectName ?? ""),
  StopSandbox: (room, ctx, input) => onSandbox("StopSandbox")(room, ctx, input.id),
  BatchGetSandboxes: (room, ctx, input) => input.ids.map((id) => onSandbox("BatchGetSandboxes")(room, ctx, id)),
  ListSandboxes: onAll("ListSandboxes"),
  ListSandboxesForProject: (room, ctx, input) => onProject("ListSandboxesForProject")(room, ctx, input.projectName),
  StartCommandExecution: (room, ctx, input) => onSandbox("StartCommandExecution")(room, ctx, input.sandboxId),
  BatchGetCommandExecutions: (room, ctx, input) => onSandbox("BatchGetCommandExecutions")(room, ctx, input.sandboxId),
  ListCommandExecutionsForSandbox: (room, ctx, input) =>
    onSandbox("ListCommandExecutionsForSandbox")(room, ctx, input.sandboxId),
  ListCuratedEnvironmentImages: onAll("ListCuratedEnvironmentImages"),
  ListSharedProjects: onAll("ListSharedProjects"),
  ListSharedReportGroups: onAll("ListSharedReportGroups"),
  UpdateProjectVisibility: (room, ctx, input) => onProject("UpdateProjectVisibility")(room, ctx, input.projectArn),
  CreateWebhook: (room, ctx, input) => onProject("CreateWebhook")(room, ctx, input.projectName),
  UpdateWebhook: (room, ctx, input) => onProject("UpdateWebhook")(room, ctx, input.projectName),
  DeleteWebhook: (room, ctx, input) => onProject("DeleteWebhook")(room, ctx, input.projectName),
  ImportSourceCredentials: onAll("ImportSourceCredentials"),
  ListSourceCredentials: onAll("ListSourceCredentials"),
  DeleteSourceCredentials: onAll("DeleteSourceCredentials"),
  CreateReportGroup: (_room, ctx, input) => onArn("CreateReportGroup")(_room, ctx, reportGroup(ctx, input.name)),
  UpdateReportGroup: (room, ctx, input) => onArn("UpdateReportGroup")(room, ctx, input.arn),
  DeleteReportGroup: (room, ctx, input) => onArn("DeleteReportGroup")(room, ctx, input.arn),
  BatchGetReportGroups: (room, ctx, input) =>
    input.reportGroupArns.map((arn) => onArn("BatchGetReportGroups")(room, ctx, arn)),
  ListReportGroups: onAll("ListReportGroups"),
  BatchGetReports: (room, ctx, input) =>
    input.reportArns.map((arn) => onArn("BatchGetReports")(room, ctx, groupArnOf(arn))),
  DeleteReport: (room, ctx, input) => onArn("DeleteReport")(room, ctx, groupArnOf(input.arn)),
  DescribeTestCases: (room, ctx, input) => onArn("DescribeTestCases")(room, ctx, groupArnOf(input.reportArn)),
  DescribeCodeCoverages: (room, ctx, input) => onArn("DescribeCodeCoverages")(room, ctx, groupArnOf(input.reportArn)),
  GetReportGroupTrend: (room, ctx, input) => onArn("GetReportGroupTrend")(room, ctx, input.reportGroupArn),
  ListReports: onAll("ListReports"),
  ListReportsForReportGroup: (room, ctx, input) => onArn("ListReportsForReportGroup")(room, ctx, input.reportGroupArn),
  CreateFleet: (room, ctx, input) => [
    onArn("CreateFleet")(room, ctx, ctx.arn(`fleet/${input.name}`, "*")),
    ...passing(ctx, input.fleetServiceRole),
  ],
  UpdateFleet: (room, ctx, input) => [
    onArn("UpdateFleet")(room, ctx, input.arn),
    ...passing(ctx, input.fleetServiceRole),
  ],
  DeleteFleet: (room, ctx, input) => onArn("DeleteFleet")(room, ctx, input.arn),
  BatchGetFleets: (room, ctx, input) =>
    input.names.map((name) => onArn("BatchGetFleets")(room, ctx, fleetArnOf(room, ctx, name))),
  ListFleets: onAll("ListFleets"),
  PutResourcePolicy: (room, ctx, input) => onArn("PutResourcePolicy")(room, ctx, input.resourceArn),
  GetResourcePolicy: (room, ctx, input) => onArn("GetResourcePolicy")(room, ctx, input.resourceArn),
  DeleteResourcePolicy: (room, ctx, input) => onArn("DeleteResourcePolicy")(room, ctx, input.resourceArn),
};
