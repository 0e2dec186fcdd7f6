import { IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { refusal } from "../../../test/refusal.ts";
import { createHello, HANDLER, lambdaCloud, updated } from "./testLambda.ts";

const FunctionName = "hello";
const target = (service: string) => ({ TargetArn: `arn:aws:${service}:us-east-1:123456789012:letters` });

test("a target for dead letters is taken where the role may send to it, and kept until it is taken away", async () => {
  await using cloud = await lambdaCloud();
  const { lambda } = cloud;
  const refused = (words: string) =>
    `InvalidParameterValueException: The provided execution role does not have permissions to call ${words}`;
  const made = createHello(lambda, HANDLER, { DeadLetterConfig: target("sqs") });
  expect(await refusal(made)).toBe(refused("SendMessage on SQS"));
  await createHello(lambda);
  const update = (DeadLetterConfig: { TargetArn?: string }) => {
    updated(cloud);
    return lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, DeadLetterConfig }));
  };
  expect(await refusal(update(target("sns")))).toBe(refused("Publish on SNS"));
  const statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: target("sqs").TargetArn };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await cloud
    .client(IAMClient)
    .send(new PutRolePolicyCommand({ RoleName: "hello", PolicyName: "letters", PolicyDocument }));
  const shown = async () => (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).DeadLetterConfig;
  await update(target("sqs"));
  await update({});
  expect(await shown()).toEqual(target("sqs"));
  await update({ TargetArn: "" });
  expect(await shown()).toBeUndefined();
});
