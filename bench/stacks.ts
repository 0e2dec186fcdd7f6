import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { errorMessage } from "../src/kernel/errors.ts";
import { residentBytes, startCloudChild } from "./cloudChild.ts";
import { mib, ms, report, timed, times } from "./figures.ts";

/** CloudFormation: templates of 300 and 500 resources, and whether the time grows with their number alone. */
const POLL_MS = 10;
const MAX_LOOKS = 6000;

await using cloud = await startCloudChild();
const cloudformation = new CloudFormationClient(cloud.config);
const sns = new SNSClient(cloud.config);
const logs = new CloudWatchLogsClient(cloud.config);

/** Half topics and half log groups; each third waits for the one before it, as real stacks do. */
const template = (count: number, retentionDays = 7): string =>
  JSON.stringify({
    Resources: Object.fromEntries(
      Array.from({ length: count }, (_, n) => [
        `R${n}`,
        {
          Type: n % 2 === 0 ? "AWS::SNS::Topic" : "AWS::Logs::LogGroup",
          Properties: n % 2 === 0 ? { DisplayName: `topic ${n}` } : { RetentionInDays: n === 1 ? retentionDays : 7 },
          ...(n % 3 === 2 ? { DependsOn: `R${n - 1}` } : {}),
        },
      ]),
    ),
  });

const untilDone = async (StackName: string): Promise<string> => {
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    const status = Stacks?.[0]?.StackStatus ?? "";
    if (!status.endsWith("_IN_PROGRESS")) return status;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`${StackName} is still in progress.`);
};

const create = async (name: string, count: number): Promise<string> => {
  await cloudformation.send(new CreateStackCommand({ StackName: name, TemplateBody: template(count) }));
  const status = await untilDone(name);
  if (status !== "CREATE_COMPLETE") throw new Error(`${name} is ${status}`);
  return name;
};

const update = async (StackName: string, TemplateBody: string): Promise<string> => {
  try {
    await cloudformation.send(new UpdateStackCommand({ StackName, TemplateBody }));
  } catch (error) {
    return errorMessage(error);
  }
  return untilDone(StackName);
};

const expectEnd = (what: string, end: string, wanted: string): void => {
  if (end !== wanted) throw new Error(`${what} ended with ${end}, not ${wanted}`);
};

const remove = async (StackName: string): Promise<void> => {
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
  const id = Stacks?.[0]?.StackId ?? StackName;
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  await untilDone(id);
};

await create("warm-up", 4);
await sns.send(new CreateTopicCommand({ Name: "warm-up" }));
await logs.send(new CreateLogGroupCommand({ logGroupName: "warm-up" }));

const reference = await timed(async () => {
  for (let n = 0; n < 150; n++) {
    await sns.send(new CreateTopicCommand({ Name: `bare-${n}` }));
    await logs.send(new CreateLogGroupCommand({ logGroupName: `bare-${n}` }));
  }
});
const took: Record<number, number> = {};
for (const count of [75, 150, 300, 500]) {
  // The better of two: the first of each size also pays for what V8 has yet to compile.
  const runs: number[] = [];
  for (const run of ["a", "b"]) {
    const name = `of-${count}-${run}`;
    runs.push(await timed(() => create(name, count)));
    await remove(name);
  }
  took[count] = Math.min(...runs);
}
const of = (count: number) => took[count] ?? Number.NaN;
report(
  "a stack of 300 resources",
  `${ms(of(300))}, ${times(of(300) / reference)} of the same 300 calls by the SDK (${ms(reference)})`,
  "<= 5 s",
);
report("the same of 75, 150 and 500", `${ms(of(75))}, ${ms(of(150))} and ${ms(of(500))}`, "");
report("time per resource, 300 beside 75", times(of(300) / 300 / (of(75) / 75)), "linear: about 1x");
report("time per resource, 500 beside 150", times(of(500) / 500 / (of(150) / 150)), "linear: about 1x");

for (const count of [300, 500]) {
  const name = `life-${count}`;
  const before = residentBytes(cloud.pid);
  await create(name, count);
  const grown = Math.max(0, residentBytes(cloud.pid) - before);
  const noOp = await timed(async () =>
    expectEnd("the no-op update", await update(name, template(count)), "No updates are to be performed."),
  );
  const one = await timed(async () =>
    expectEnd("the update", await update(name, template(count, 30)), "UPDATE_COMPLETE"),
  );
  report(`${count} resources: an update of nothing`, ms(noOp), "");
  report(`${count} resources: an update of one property`, ms(one), "");
  report(`${count} resources: deletion`, ms(await timed(() => remove(name))), "");
  report(`${count} resources: memory grown while they were made`, mib(grown), "bounded");
}
