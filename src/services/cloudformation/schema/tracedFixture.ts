import type { Call } from "../../../kernel/context.ts";
import { AwsError } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceType } from "../../../kernel/resource.ts";

/** What a type's verb asks of services with these properties, and how it ended. */
export const traceOf = async (
  type: ResourceType,
  verb: "create" | "update" | "delete",
  before: JsonObject,
  after: JsonObject,
): Promise<string> => {
  const calls: unknown[] = [];
  const ctx = contextOf((call) => {
    if (calls.push(call) > MAX_CALLS) throw new Error("asks without end");
  });
  const existing = { physicalId: "arn:aws:any:us-east-1:123456789012:thing/one", attributes: {} };
  const verbs = {
    create: () => type.create(ctx, after),
    update: () => type.update?.(ctx, { ...existing, properties: before }, after),
    delete: () => type.delete(ctx, { ...existing, properties: after }),
  };
  try {
    calls.push(await verbs[verb]());
  } catch (error) {
    calls.push(String(error));
  }
  return JSON.stringify(calls, (_key, value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value));
};

const MAX_CALLS = 40;

const contextOf = (asked: (call: unknown) => void): ResourceContext => ({
  account: "123456789012",
  region: "us-east-1",
  partition: "aws",
  stackId: "arn:aws:cloudformation:us-east-1:123456789012:stack/one/1",
  stackName: "one",
  logicalId: "It",
  tags: {},
  signal: new AbortController().signal,
  call: answering((...call) => asked(call)),
  callIn: (region) => answering((...call) => asked([region, ...call])),
  physicalName: () => "generated",
  clientToken: "token",
  newToken: () => "new token",
  made: () => {},
  sleep: async (ms) => asked(["sleep", ms]),
});

const answering = (asked: (service: string, operation: string, input: unknown) => void): Call =>
  (async (service: string, operation: string, input: unknown) => {
    asked(service, operation, input);
    if (operation === "HeadBucket") throw new AwsError("NotFound", "no such bucket");
    return ANSWERS[operation] ?? {};
  }) as Call;

/** What types cannot do without, to go on; all else is asked of services that say nothing. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  CreateAccessKey: { AccessKey: { AccessKeyId: "key", SecretAccessKey: "secret" } },
  CreateGroup: { Group: { Arn: "arn", GroupName: "group" } },
  CreateInstanceProfile: { InstanceProfile: { Arn: "arn", InstanceProfileName: "profile" } },
  CreateOpenIDConnectProvider: { OpenIDConnectProviderArn: "arn" },
  CreatePolicy: { Policy: { Arn: "arn" } },
  CreateRole: { Role: { Arn: "arn", RoleId: "id", RoleName: "role" } },
  CreateServiceLinkedRole: { Role: { Arn: "arn", RoleName: "role" } },
  CreateTable: { TableDescription: { TableStatus: "ACTIVE" } },
  CreateVirtualMFADevice: { VirtualMFADevice: { SerialNumber: "arn" } },
  CreateUser: { User: { Arn: "arn", UserName: "user" } },
  DescribeStateMachineAlias: { routingConfiguration: [{ stateMachineVersionArn: "before", weight: 100 }] },
  DescribeTable: { Table: { TableArn: "arn", TableStatus: "ACTIVE" } },
  GetIntegrations: { Items: [{ IntegrationId: "integration", ApiGatewayManaged: true }] },
  GetRoutes: { Items: [{ RouteId: "route", ApiGatewayManaged: true }] },
};
