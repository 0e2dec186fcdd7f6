import { buffer } from "node:stream/consumers";
import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import { IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  LambdaClient,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { ZipFile } from "yazl";
import { TEST_ACCOUNT, type TestCloud, type TestCloudOptions, testCloud } from "../../../test/harness.ts";
import { serviceRole } from "../../../test/serviceRole.ts";
import { UPDATE_MS } from "./limits.ts";

export const TEST_ROLE = `arn:aws:iam::${TEST_ACCOUNT}:role/hello`;

/** A cloud with the roles `hello`, which Lambda may assume and which may log, and `untrusted`, which it may not. */
export const lambdaCloud = async (
  options: TestCloudOptions = {},
): Promise<TestCloud & { readonly lambda: LambdaClient }> => {
  const cloud = await testCloud(options);
  const iam = cloud.client(IAMClient);
  await serviceRole(iam, "hello", "lambda", "logs:*");
  await serviceRole(iam, "untrusted", "ec2");
  return { ...cloud, lambda: cloud.client(LambdaClient) };
};

/** Lets the role `hello` do more than log. */
export const allowHello = (cloud: TestCloud, ...Action: readonly string[]) =>
  cloud.client(IAMClient).send(
    new PutRolePolicyCommand({
      RoleName: "hello",
      PolicyName: "more",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action, Resource: "*" }],
      }),
    }),
  );

/** A zip of texts by name. */
export const zipped = async (files: Readonly<Record<string, string>>): Promise<Uint8Array> => {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files))
    zip.addBuffer(Buffer.from(text), name, { mode: 0o100755, mtime: new Date(0) });
  zip.end();
  return buffer(zip.outputStream);
};

/** Answers 1, whatever it is asked. */
export const HANDLER = "export const handler = async () => 1";

/** Makes a function of one file. */
export const createHello = async (
  lambda: LambdaClient,
  code = HANDLER,
  more: Partial<CreateFunctionCommandInput> = {},
) =>
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

/**
 * Gives the function `hello` of a cloud that tests share its code: it is made the first time, which is answered by true, and
 * changed where the code differs.
 */
export const helloOf = (cloud: Awaited<ReturnType<typeof lambdaCloud>>) => {
  let current: string | undefined;
  return async (code: string): Promise<boolean> => {
    const before = current;
    current = code;
    if (before === undefined) {
      await createHello(cloud.lambda, code);
      return true;
    }
    if (before !== code) {
      updated(cloud);
      const ZipFile = await zipped({ "index.mjs": code });
      await cloud.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "hello", ZipFile }));
    }
    return false;
  };
};

/** Lets the update that is under way be done. */
export const updated = (cloud: TestCloud): void => cloud.clock.advance(UPDATE_MS);

/** What CloudWatch has of a metric, of the function where nothing else is said, summed up over the hours around. */
export const metricSum = async (
  cloud: TestCloud,
  MetricName: string,
  dimension = { Name: "FunctionName", Value: "hello" },
): Promise<number> => {
  const now = cloud.clock.now();
  const { Datapoints = [] } = await (cloud.client(CloudWatchClient as never) as CloudWatchClient).send(
    new GetMetricStatisticsCommand({
      Namespace: "AWS/Lambda",
      MetricName,
      Dimensions: [dimension],
      StartTime: new Date(now - 3_600_000),
      EndTime: new Date(now + 3_600_000),
      Period: 3600,
      Statistics: ["Sum"],
    }),
  );
  return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
};
