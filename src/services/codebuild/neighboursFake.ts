import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as s3 from "@aws-sdk/client-s3";
import * as ssm from "@aws-sdk/client-ssm";
import * as sts from "@aws-sdk/client-sts";
import { AwsError } from "../../kernel/errors.ts";
import { defineService, type ServiceLoaders } from "../../kernel/rooms.ts";

/** What the doubles of CodeBuild's neighbours hold. */
export interface NeighboursFake {
  readonly loaders: ServiceLoaders;
  /** `BUCKET/KEY` to bytes. */
  readonly objects: Map<string, Buffer>;
  /** `GROUP STREAM` to messages. */
  readonly streams: Map<string, string[]>;
  readonly groups: Set<string>;
  readonly parameters: Map<string, string>;
  /** Roles that trust CodeBuild; others are refused. */
  readonly trusting: Set<string>;
  /** Answers every call of PutLogEvents with AccessDenied. */
  denyLogs: boolean;
}

/** Doubles of the services a build calls, as small as what it calls; everything else about a cloud in the tests is real. */
export const neighboursFake = (): NeighboursFake => {
  const fake: Omit<NeighboursFake, "loaders"> = {
    objects: new Map(),
    streams: new Map(),
    groups: new Set(),
    parameters: new Map(),
    trusting: new Set(),
    denyLogs: false,
  };
  const shared = { scope: "region" as const, open: () => fake, iam: {} };
  const loaders: ServiceLoaders = {
    sts: async () =>
      defineService<typeof fake, "sts">({
        ...shared,
        name: "sts",
        model: sts,
        operations: {
          AssumeRole:
            () =>
            async (ctx, { RoleArn, RoleSessionName }) => {
              if (ctx.principal.kind !== "service" || !fake.trusting.has(RoleArn))
                throw new AwsError("AccessDenied", "not trusted", 403);
              const name = RoleArn.split("/").at(-1) ?? "";
              const Arn = `arn:aws:sts::${ctx.account}:assumed-role/${name}/${RoleSessionName}`;
              return { AssumedRoleUser: { Arn, AssumedRoleId: `AROATEST:${RoleSessionName}` } };
            },
        },
      }),
    s3: async () =>
      defineService<typeof fake, "s3">({
        ...shared,
        name: "s3",
        model: s3,
        operations: {
          GetObject:
            () =>
            async (_ctx, { Bucket, Key }) => {
              const object = fake.objects.get(`${Bucket}/${Key}`);
              if (!object) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
              return { Body: Readable.from([object]) };
            },
          PutObject:
            () =>
            async (_ctx, { Bucket, Key, Body }) => {
              fake.objects.set(`${Bucket}/${Key}`, Body ? await buffer(Body) : Buffer.alloc(0));
              return {};
            },
        },
      }),
    logs: async () =>
      defineService<typeof fake, "logs">({
        ...shared,
        name: "logs",
        model: logs,
        operations: {
          CreateLogGroup:
            () =>
            async (_ctx, { logGroupName }) => {
              fake.groups.add(logGroupName);
              return {};
            },
          CreateLogStream:
            () =>
            async (_ctx, { logGroupName, logStreamName }) => {
              if (!fake.groups.has(logGroupName))
                throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
              fake.streams.set(`${logGroupName} ${logStreamName}`, []);
              return {};
            },
          PutLogEvents:
            () =>
            async (_ctx, { logGroupName, logStreamName, logEvents }) => {
              if (fake.denyLogs)
                throw new AwsError("AccessDeniedException", "not authorized to perform: logs:PutLogEvents");
              const messages = logEvents.map(({ message = "" }) => message);
              fake.streams.get(`${logGroupName} ${logStreamName}`)?.push(...messages);
              return {};
            },
        },
      }),
    ssm: async () =>
      defineService<typeof fake, "ssm">({
        ...shared,
        name: "ssm",
        model: ssm,
        operations: {
          GetParameters:
            () =>
            async (_ctx, { Names }) => ({
              Parameters: Names.flatMap((Name) =>
                fake.parameters.has(Name) ? [{ Name, Value: fake.parameters.get(Name) }] : [],
              ),
            }),
        },
      }),
  };
  return Object.assign(fake, { loaders });
};
