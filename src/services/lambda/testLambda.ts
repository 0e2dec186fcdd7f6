import { buffer } from "node:stream/consumers";
import { CreateFunctionCommand, type CreateFunctionCommandInput, LambdaClient } from "@aws-sdk/client-lambda";
import * as stsModel from "@aws-sdk/client-sts";
import { ZipFile } from "yazl";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../test/harness.ts";
import { AwsError } from "../../kernel/errors.ts";
import { defineService, type ServiceLoaders } from "../../kernel/rooms.ts";
import type { RoomDeps } from "../../kernel/service.ts";

export const TEST_ROLE = `arn:aws:iam::${TEST_ACCOUNT}:role/hello`;

/** A cloud with Lambda and Logs, for tests; roles are assumed by a double that trusts everyone but `untrusted`. */
export const lambdaCloud = async (
  more: ServiceLoaders = {},
): Promise<TestCloud & { readonly lambda: LambdaClient }> => {
  const cloud = await testCloud({
    auth: "open",
    loaders: {
      lambda: () => import("./service.ts").then((service) => service.default),
      logs: () => import("../logs/service.ts").then((service) => service.default),
      sts: async () => stsFake,
      ...more,
    },
  });
  return { ...cloud, lambda: cloud.client(LambdaClient as never) as LambdaClient };
};

/** A zip of texts by name. */
export const zipped = async (files: Readonly<Record<string, string>>): Promise<Uint8Array> => {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files))
    zip.addBuffer(Buffer.from(text), name, { mode: 0o100755, mtime: new Date(0) });
  zip.end();
  return buffer(zip.outputStream);
};

/** Makes a function of one file. */
export const createHello = async (lambda: LambdaClient, code: string, more: Partial<CreateFunctionCommandInput> = {}) =>
  lambda.send(
    new CreateFunctionCommand({
      FunctionName: "hello",
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Role: TEST_ROLE,
      Code: { ZipFile: await zipped({ "index.mjs": code }) },
      ...more,
    }),
  );

const stsFake = defineService<RoomDeps, "sts">({
  name: "sts",
  model: stsModel,
  scope: "region",
  open: (deps) => deps,
  operations: {
    AssumeRole: (deps) => async (ctx, input) => {
      const name = input.RoleArn.split("/").at(-1) ?? "";
      if (name === "untrusted") throw new AwsError("AccessDenied", "not authorized to perform: sts:AssumeRole", 403);
      const arn = `arn:aws:sts::${ctx.account}:assumed-role/${name}/${input.RoleSessionName}`;
      const issued = deps.credentialsFor({
        kind: "role",
        account: ctx.account,
        arn,
        userId: `AROATEST:${input.RoleSessionName}`,
        roleArn: input.RoleArn,
        roleName: name,
        sessionName: input.RoleSessionName,
      });
      return {
        AssumedRoleUser: { Arn: arn, AssumedRoleId: `AROATEST:${input.RoleSessionName}` },
        Credentials: {
          AccessKeyId: issued.accessKeyId,
          SecretAccessKey: issued.secretAccessKey,
          SessionToken: issued.sessionToken,
          Expiration: new Date(issued.expiration),
        },
      };
    },
  },
  iam: { AssumeRole: () => [] },
});
