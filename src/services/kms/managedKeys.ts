import { own } from "../../kernel/own.ts";
import { KEY_BYTES } from "./limits.ts";
import { sealedMaterial } from "./material/generate.ts";
import type { KeyRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** What the services that have a key of their own call what it protects. */
const PROTECTED: Readonly<Record<string, string>> = {
  dynamodb: "DynamoDB data",
  lambda: "Lambda functions",
  s3: "S3 objects",
  secretsmanager: "Secrets Manager data",
  sns: "SNS data",
  sqs: "SQS messages",
  ssm: "SSM parameters",
};

/**
 * The key a service has of its own, `alias/aws/s3`. AWS: it is made when it is first asked for.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export const managedKey = (room: Room, alias: string): KeyRecord | undefined => {
  const service = alias.slice("alias/aws/".length);
  const what = alias.startsWith("alias/aws/") ? own(PROTECTED, service) : undefined;
  if (what === undefined) return undefined;
  const id = room.ids.uuid();
  const now = room.clock.now();
  const key: KeyRecord = {
    id,
    arn: arnOf(room, `key/${id}`),
    spec: "SYMMETRIC_DEFAULT",
    usage: "ENCRYPT_DECRYPT",
    origin: "AWS_KMS",
    manager: "AWS",
    multiRegion: false,
    description: `Default key that protects my ${what} when no other key is defined`,
    enabled: true,
    policy: JSON.stringify(policyFor(room, service)),
    tags: [],
    createdAt: now,
    rotations: [],
    material: sealedMaterial(room, room.ids.bytes(KEY_BYTES)),
    formerMaterials: [],
  };
  room.keys.put(id, key);
  room.aliases.put(alias, { name: alias, arn: arnOf(room, alias), keyId: id, createdAt: now, updatedAt: now });
  return key;
};

const arnOf = ({ partition, region, account }: Room, resource: string) =>
  `arn:${partition}:kms:${region}:${account}:${resource}`;

/** AWS: by way of the service, whoever may use that; directly, only to look. */
const policyFor = ({ partition, region, account }: Room, service: string) => ({
  Version: "2012-10-17",
  Id: `auto-${service}-1`,
  Statement: [
    {
      Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: {
        StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `${service}.${region}.amazonaws.com` },
      },
    },
    {
      Sid: "Allow direct access to key metadata to the account",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: ["kms:Describe*", "kms:Get*", "kms:List*"],
      Resource: "*",
    },
  ],
});
