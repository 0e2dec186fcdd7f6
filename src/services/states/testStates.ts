import { IAMClient } from "@aws-sdk/client-iam";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { TEST_ACCOUNT, type TestCloudOptions, testCloud } from "../../../test/harness.ts";
import { serviceRole } from "../../../test/serviceRole.ts";

export const ROLE_ARN = `arn:aws:iam::${TEST_ACCOUNT}:role/machine`;

/** A cloud with a role that Step Functions may assume and that may do what is named. */
export const statesCloud = async (options: TestCloudOptions = {}, allowed: string | readonly string[] = "*") => {
  const cloud = await testCloud(options);
  await serviceRole(cloud.client(IAMClient), "machine", "states", allowed);
  const client = cloud.client(SFNClient, { disableHostPrefix: true });
  let made = 0;
  const create = async (definition: object, type: "STANDARD" | "EXPRESS" = "STANDARD") => {
    made += 1;
    const { stateMachineArn = "" } = await client.send(
      new CreateStateMachineCommand({
        name: `machine${made}`,
        definition: JSON.stringify(definition),
        roleArn: ROLE_ARN,
        type,
      }),
    );
    return stateMachineArn;
  };
  const start = async (definition: object, input: unknown = {}) => {
    const stateMachineArn = await create(definition);
    const command = new StartExecutionCommand({ stateMachineArn, name: "run", input: JSON.stringify(input) });
    return (await client.send(command)).executionArn ?? "";
  };
  const describe = (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn }));
  const run = async (definition: object, input: unknown = {}) => {
    const arn = await start(definition, input);
    await cloud.tasks.idle();
    const { status, output, error, cause } = await describe(arn);
    return { arn, status, error, cause, output: output === undefined ? undefined : JSON.parse(output) };
  };
  const types = async (executionArn: string) =>
    ((await client.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? []).map(({ type }) => type);
  return {
    cloud,
    client,
    create,
    start,
    describe,
    run,
    types,
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};
