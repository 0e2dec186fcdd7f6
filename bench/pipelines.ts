import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  StartPipelineExecutionCommand,
} from "@aws-sdk/client-codepipeline";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { serviceRole } from "../test/serviceRole.ts";
import { residentBytes, startCloudChild } from "./cloudChild.ts";
import { medianOf, mib, ms, report, timed, times } from "./figures.ts";

/** CodePipeline: twenty pipelines at once, and how fast a pipeline with a thousand executions tells of itself. */
const PIPELINES = 20;
const EXECUTIONS = 1000;
const AT_ONCE = 40;
const LOOKS = 50;
const POLL_MS = 10;
const MAX_LOOKS = 30_000;

await using cloud = await startCloudChild();
const codepipeline = new CodePipelineClient(cloud.config);
const s3 = new S3Client(cloud.config);

const makeGround = async (): Promise<string> => {
  const role = await serviceRole(new IAMClient(cloud.config), "pipeline", "codepipeline", "s3:*");
  for (const Bucket of ["artifacts", "source", "target"]) await s3.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: "source", VersioningConfiguration }));
  await s3.send(new PutObjectCommand({ Bucket: "source", Key: "app.zip", Body: "a small artifact" }));
  return role;
};

const create = (name: string, roleArn: string) => {
  const type = { owner: "AWS", version: "1", provider: "S3" } as const;
  const source = {
    name: "Source",
    actionTypeId: { ...type, category: "Source" } as const,
    configuration: { S3Bucket: "source", S3ObjectKey: "app.zip", PollForSourceChanges: "false" },
    outputArtifacts: [{ name: "App" }],
  };
  const deploy = {
    name: "Deploy",
    actionTypeId: { ...type, category: "Deploy" } as const,
    configuration: { BucketName: "target", Extract: "false", ObjectKey: name },
    inputArtifacts: [{ name: "App" }],
  };
  return codepipeline.send(
    new CreatePipelineCommand({
      pipeline: {
        name,
        roleArn,
        artifactStore: { type: "S3", location: "artifacts" },
        pipelineType: "V2",
        executionMode: "QUEUED",
        stages: [
          { name: "Source", actions: [source] },
          { name: "Deploy", actions: [deploy] },
        ],
      },
    }),
  );
};

const untilDone = async (pipelineName: string): Promise<void> => {
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const { pipelineExecutionSummaries = [] } = await codepipeline.send(
      new ListPipelineExecutionsCommand({ pipelineName, maxResults: 1 }),
    );
    const status = pipelineExecutionSummaries[0]?.status;
    if (status === "Succeeded") return;
    if (status !== "InProgress") throw new Error(`${pipelineName} is ${status}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`${pipelineName} is still in progress.`);
};

const roleArn = await makeGround();
await create("one", roleArn);
await untilDone("one");
const start = (name: string) => codepipeline.send(new StartPipelineExecutionCommand({ name }));
const single = await medianOf(5, () =>
  timed(async () => {
    await start("one");
    await untilDone("one");
  }),
);
report("one run of two stages", ms(single), "");

const names = Array.from({ length: PIPELINES }, (_, n) => `beside-${n}`);
const beside = await timed(() =>
  Promise.all(
    names.map(async (name) => {
      await create(name, roleArn);
      await untilDone(name);
    }),
  ),
);
report(
  `${PIPELINES} pipelines made and run at once`,
  `${ms(beside)}, ${times(beside / PIPELINES / single)} of one alone`,
  "<= 2x",
);

const looks = () => medianOf(LOOKS, () => timed(() => codepipeline.send(new GetPipelineStateCommand({ name: "one" }))));
const lists = () =>
  medianOf(LOOKS, () => timed(() => codepipeline.send(new ListActionExecutionsCommand({ pipelineName: "one" }))));
const [stateOfFew, listOfFew] = [await looks(), await lists()];
const memory = [residentBytes(cloud.pid)];
for (let done = 0; done < EXECUTIONS; done += AT_ONCE) {
  // Caches and the heap's headroom fill in the first half; what is kept of each run would show in the second, too.
  if (done * 2 === EXECUTIONS - AT_ONCE) memory.push(residentBytes(cloud.pid));
  await Promise.all(Array.from({ length: AT_ONCE }, () => start("one")));
  await untilDone("one");
}
const [stateOfMany, listOfMany] = [await looks(), await lists()];
report(
  `GetPipelineState, after ${EXECUTIONS} executions`,
  `${ms(stateOfMany)}, ${times(stateOfMany / stateOfFew)} of after six`,
  "about 1x",
);
report("a page of its action executions", `${ms(listOfMany)} (${ms(listOfFew)} of the first twelve)`, "");
memory.push(residentBytes(cloud.pid));
const [before = 0, half = 0, after = 0] = memory;
report(
  "memory grown in the first half, and in the second",
  `${mib(half - before)}, ${mib(after - half)}`,
  "second: ~0",
);
