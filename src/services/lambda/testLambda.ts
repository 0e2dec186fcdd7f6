import { buffer } from "node:stream/consumers";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, type CreateFunctionCommandInput, LambdaClient } from "@aws-sdk/client-lambda";
import { ZipFile } from "yazl";
import { TEST_ACCOUNT, type TestCloud, type TestCloudOptions, testCloud } from "../../../test/harness.ts";

export const TEST_ROLE = `arn:aws:iam::${TEST_ACCOUNT}:role/hello`;

/** A cloud with the roles `hello`, which Lambda may assume and which may log, and `untrusted`, which it may not. */
export const lambdaCloud = async (
  options: TestCloudOptions = {},
): Promise<TestCloud & { readonly lambda: LambdaClient }> => {
  const cloud = await testCloud(options);
  const iam = cloud.client(IAMClient as never) as IAMClient;
  await iam.send(
    new CreateRoleCommand({ RoleName: "hello", AssumeRolePolicyDocument: trusting("lambda.amazonaws.com") }),
  );
  await iam.send(
    new CreateRoleCommand({ RoleName: "untrusted", AssumeRolePolicyDocument: trusting("ec2.amazonaws.com") }),
  );
  const PolicyDocument = policy({ Effect: "Allow", Action: "logs:*", Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "hello", PolicyName: "log", PolicyDocument }));
  return { ...cloud, lambda: cloud.client(LambdaClient as never) as LambdaClient };
};

const policy = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

const trusting = (Service: string): string =>
  policy({ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" });

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
