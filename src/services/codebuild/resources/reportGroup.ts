import type * as sdk from "@aws-sdk/client-codebuild";
import type { CallInputOf } from "../../../kernel/aws.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { fromProperties, type Properties } from "../../../kernel/spelledProperties.ts";
import { tagsOf } from "./tags.ts";

type CreateInput = CallInputOf<typeof sdk, "CreateReportGroup">;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-reportgroup.html */
interface ReportGroupProperties extends Properties<Pick<CreateInput, "type" | "exportConfig">> {
  readonly Name?: string;
  readonly DeleteReports?: boolean;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

export const reportGroupType = defineResourceType<ReportGroupProperties>({
  name: "AWS::CodeBuild::ReportGroup",
  create: async (ctx, desired) => {
    const { reportGroup } = await ctx.call("codebuild", "CreateReportGroup", {
      ...fromProperties<Pick<CreateInput, "type" | "exportConfig">>({
        ...(desired.Type === undefined ? {} : { Type: desired.Type }),
        ...(desired.ExportConfig === undefined ? {} : { ExportConfig: desired.ExportConfig }),
      }),
      name: desired.Name ?? ctx.physicalName({ maxLength: 128 }),
      tags: tagsOf(ctx, desired),
    });
    return stateOf(reportGroup?.arn ?? "");
  },
  update: async (ctx, { physicalId }, desired) => {
    const { exportConfig } = fromProperties<Pick<CreateInput, "exportConfig">>(
      desired.ExportConfig === undefined ? {} : { ExportConfig: desired.ExportConfig },
    );
    await ctx.call("codebuild", "UpdateReportGroup", { arn: physicalId, exportConfig, tags: tagsOf(ctx, desired) });
    return stateOf(physicalId);
  },
  delete: async (ctx, { physicalId, properties: { DeleteReports = false } }) => {
    await ctx.call("codebuild", "DeleteReportGroup", { arn: physicalId, deleteReports: DeleteReports });
  },
  read: async (ctx, physicalId) => {
    const found = await ctx.call("codebuild", "BatchGetReportGroups", { reportGroupArns: [physicalId] });
    const group = found.reportGroups?.[0];
    return group && { ...stateOf(physicalId), properties: { Name: group.name ?? "", Type: group.type ?? "" } };
  },
});

const stateOf = (arn: string) => ({ physicalId: arn, attributes: { Arn: arn, Id: arn } });
