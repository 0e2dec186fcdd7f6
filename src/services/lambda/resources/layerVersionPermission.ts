import { defineResourceType } from "../../../kernel/resource.ts";
import { parsed, plain, type ResourceReader, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";
import { orGone } from "./gone.ts";
import { layerVersionOf } from "./layerVersion.ts";
import { memberOf, principalOf, statementsOf } from "./readPermission.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversionpermission.html */
interface LayerVersionPermissionProperties {
  readonly LayerVersionArn: string;
  readonly Action: string;
  readonly Principal: string;
  readonly OrganizationId?: string;
}

const MAX_STATEMENT_ID_LENGTH = 100;
/** Between a layer version and the statement of its policy. */
const MARK = "#";

const read: ResourceReader = async (ctx, physicalId, given) => {
  const Id = textOf(given, "Id") ?? physicalId;
  const [LayerVersionArn = "", statementId] = Id.split(MARK);
  const asked = ctx.call("lambda", "GetLayerVersionPolicy", layerVersionOf(LayerVersionArn));
  const found = await unlessMissing(asked, "ResourceNotFoundException");
  const statement = statementsOf(parsed(found?.Policy)).find(({ Sid }) => Sid === statementId);
  if (!statement) return undefined;
  const properties = plain({
    LayerVersionArn,
    Action: statement["Action"],
    Principal: principalOf(statement["Principal"], given["Principal"]),
    OrganizationId: memberOf(memberOf(statement["Condition"], "StringEquals"), "aws:PrincipalOrgID"),
  });
  return { physicalId: Id, attributes: { Id }, properties, unread: [] };
};

export const layerVersionPermissionType = defineResourceType<LayerVersionPermissionProperties>({
  name: "AWS::Lambda::LayerVersionPermission",
  read,
  create: async (ctx, { LayerVersionArn, ...statement }) => {
    const StatementId = ctx.physicalName({ maxLength: MAX_STATEMENT_ID_LENGTH });
    await ctx.call("lambda", "AddLayerVersionPermission", {
      ...statement,
      ...layerVersionOf(LayerVersionArn),
      StatementId,
    });
    const Id = `${LayerVersionArn}${MARK}${StatementId}`;
    return { physicalId: Id, attributes: { Id } };
  },
  delete: async (ctx, { physicalId }) => {
    const [arn = "", StatementId] = physicalId.split(MARK);
    await orGone(ctx.call("lambda", "RemoveLayerVersionPermission", { ...layerVersionOf(arn), StatementId }));
  },
});
