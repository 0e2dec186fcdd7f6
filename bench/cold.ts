import { spawn } from "node:child_process";
import { once } from "node:events";
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from "@aws-sdk/client-cloudformation";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { startCloudChild } from "./cloudChild.ts";
import { median, ms, report, timed, times } from "./figures.ts";

/**
 * The first request of many functions, all at once, beside as many bare `node -e 0`, all at once.
 * `node --import tsx bench/cold.ts [FUNCTIONS]`; 100 unless said otherwise.
 */
const functions = Number(process.argv[2] ?? 100);
const HANDLER = "exports.handler = async () => 1;";

const names = Array.from({ length: functions }, (_unused, number) => `cold${number}`);

const TEMPLATE = JSON.stringify({
  Resources: {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
      },
    },
    ...Object.fromEntries(
      names.map((name) => [
        name,
        {
          Type: "AWS::Lambda::Function",
          Properties: {
            FunctionName: name,
            Code: { ZipFile: HANDLER },
            Handler: "index.handler",
            Runtime: "nodejs22.x",
            Role: { "Fn::GetAtt": ["Role", "Arn"] },
            Timeout: 60,
          },
        },
      ]),
    ),
  },
});

await using cloud = await startCloudChild();
const cloudformation = new CloudFormationClient(cloud.config);
await cloudformation.send(
  new CreateStackCommand({ StackName: "cold", TemplateBody: TEMPLATE, Capabilities: ["CAPABILITY_IAM"] }),
);
await waitUntilStackCreateComplete({ client: cloudformation, maxWaitTime: 120, minDelay: 1 }, { StackName: "cold" });

const lambda = new LambdaClient({ ...cloud.config, requestHandler: { httpAgent: { maxSockets: functions } } });
const invoke = async (FunctionName: string) => {
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  if (Buffer.from(Payload ?? []).toString() !== "1") throw new Error(`${FunctionName} did not answer`);
};

/** When each of many pieces of work was done that began at once. */
const allAtOnce = (work: (name: string) => Promise<unknown>): Promise<readonly number[]> =>
  Promise.all(names.map((name) => timed(() => work(name))));

const node = await allAtOnce(() => once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit"));
const cold = await allAtOnce(invoke);
const warm = await allAtOnce(invoke);
report(
  `${functions} cold functions at once: the last answer`,
  `${ms(Math.max(...cold))}, ${times(Math.max(...cold) / Math.max(...node))} of as many node -e 0`,
  "<= 2x",
);
report("the median answer", `${ms(median(cold))}, ${times(median(cold) / median(node))} of as many node -e 0`, "");
report("all of them again, warm: the last answer", ms(Math.max(...warm)), "");
cloudformation.destroy();
lambda.destroy();
