import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import * as s3 from "@aws-sdk/client-s3";
import * as ssm from "@aws-sdk/client-ssm";
import { AwsError } from "../../kernel/errors.ts";
import { defineService, type ServiceLoaders } from "../../kernel/rooms.ts";

/** What the doubles of CodeBuild's neighbours hold. */
export interface NeighboursFake {
  readonly loaders: ServiceLoaders;
  /** `BUCKET/KEY` to bytes. */
  readonly objects: Map<string, Buffer>;
  readonly parameters: Map<string, string>;
}

/** Doubles of the services a build calls, as small as what it calls; everything else about a cloud in the tests is real. */
export const neighboursFake = (): NeighboursFake => {
  const fake: Omit<NeighboursFake, "loaders"> = {
    objects: new Map(),
    parameters: new Map(),
  };
  const shared = { scope: "region" as const, open: () => fake, iam: {} };
  const loaders: ServiceLoaders = {
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
          DeleteObject:
            () =>
            async (_ctx, { Bucket, Key }) => {
              fake.objects.delete(`${Bucket}/${Key}`);
              return {};
            },
          PutObject:
            () =>
            async (_ctx, { Bucket, Key, Body }) => {
              fake.objects.set(`${Bucket}/${Key}`, Body ? await buffer(Body) : Buffer.alloc(0));
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
