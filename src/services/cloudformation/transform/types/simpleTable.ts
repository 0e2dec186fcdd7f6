import { CfnResource } from "../cfnResource.ts";
import type { SamResource, SamType } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { expectPresent, resource as resourceSubject } from "../expect.ts";
import { MAP, mapOf, oneOf, optional, passed, TEXT, WHOLE } from "../properties.ts";
import { tagList } from "../tags.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, literal, textOf, truthy, type Value } from "../values/value.ts";

const ATTRIBUTE_TYPES: Readonly<Record<string, string>> = { String: "S", Number: "N", Binary: "B" };

/** AWS::Serverless::SimpleTable: a DynamoDB table with a primary key of one attribute. */
export const simpleTable: SamType = {
  properties: {
    PointInTimeRecoverySpecification: passed(),
    PrimaryKey: optional(mapOf(TEXT)),
    ProvisionedThroughput: optional(mapOf(oneOf(WHOLE, MAP))),
    TableName: optional(oneOf(TEXT, MAP)),
    Tags: optional(MAP),
    SSESpecification: optional(MAP),
  },
  transform: (resource) => {
    const { properties, logicalId } = resource;
    const given = (name: string): Value => (truthy(properties.get(name)) ? properties.get(name) : null);
    const key = primaryKey(resource);
    const table = new CfnResource("AWS::DynamoDB::Table", logicalId, resource.attributes, {
      AttributeDefinitions: [key],
      KeySchema: [Dict.plain({ AttributeName: key.get("AttributeName"), KeyType: literal("HASH") })],
      PointInTimeRecoverySpecification: given("PointInTimeRecoverySpecification"),
      ProvisionedThroughput: given("ProvisionedThroughput"),
      BillingMode: given("ProvisionedThroughput") === null ? "PAY_PER_REQUEST" : null,
      SSESpecification: given("SSESpecification"),
      TableName: given("TableName"),
      Tags: given("Tags") === null ? null : tagList(properties.get("Tags")),
    });
    table.dependsOn = resource.dependsOn;
    return [table];
  },
};

const primaryKey = ({ properties, logicalId }: SamResource): Dict => {
  const key = properties.get("PrimaryKey");
  if (!isDict(key) || key.size === 0) return Dict.plain({ AttributeName: "id", AttributeType: "S" });
  const subject = resourceSubject(logicalId);
  const name = expectPresent(key.get("Name"), subject, "PrimaryKey.Name");
  const type = expectPresent(key.get("Type"), subject, "PrimaryKey.Type");
  const attributeType = ATTRIBUTE_TYPES[textOf(type) ?? ""];
  if (attributeType === undefined) throw new InvalidResource(logicalId, `Invalid 'Type' "${shown(type)}".`);
  return Dict.plain({ AttributeName: name, AttributeType: attributeType });
};
