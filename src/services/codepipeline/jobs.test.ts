import {
  AcknowledgeJobCommand,
  AcknowledgeThirdPartyJobCommand,
  type CodePipelineClient,
  CreateCustomActionTypeCommand,
  type CreateCustomActionTypeCommandInput,
  CreatePipelineCommand,
  DeleteCustomActionTypeCommand,
  GetActionTypeCommand,
  GetJobDetailsCommand,
  GetPipelineCommand,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  GetThirdPartyJobDetailsCommand,
  type Job,
  ListActionExecutionsCommand,
  ListActionTypesCommand,
  ListTagsForResourceCommand,
  PollForJobsCommand,
  PollForThirdPartyJobsCommand,
  PutActionRevisionCommand,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
  PutThirdPartyJobSuccessResultCommand,
  UpdateActionTypeCommand,
} from "@aws-sdk/client-codepipeline";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestCloud } from "../../../test/harness.ts";
import { type Action, approvalOf, declared, pipelineCloud, source, stagesOf, until } from "./testPipeline.ts";

let cloud: TestCloud;
let client: CodePipelineClient;

beforeEach(async () => {
  ({ cloud, client } = await pipelineCloud());
});
afterEach(() => cloud[Symbol.asyncDispose]());

const TYPE = { category: "Build", owner: "Custom", provider: "Mine", version: "1" } as const;
const typeInput: CreateCustomActionTypeCommandInput = {
  category: "Build",
  provider: "Mine",
  version: "1",
  settings: {
    entityUrlTemplate: "https://mine/{Config:Project}",
    executionUrlTemplate: "https://mine/{Config:Project}/{ExternalExecutionId}",
  },
  configurationProperties: [
    { name: "Project", required: true, key: true, secret: false, queryable: true },
    { name: "Token", required: false, key: false, secret: true },
  ],
  inputArtifactDetails: { minimumCount: 0, maximumCount: 1 },
  outputArtifactDetails: { minimumCount: 0, maximumCount: 1 },
  tags: [{ key: "a", value: "b" }],
};
const createType = (more: Partial<CreateCustomActionTypeCommandInput> = {}) =>
  client.send(new CreateCustomActionTypeCommand({ ...typeInput, ...more }));
const build = {
  name: "Build",
  actionTypeId: TYPE,
  configuration: { Project: "one", Token: "secret" },
  inputArtifacts: [{ name: "App" }],
  outputArtifacts: [{ name: "Built" }],
  namespace: "Vars",
};
const create = (...stages: (readonly Action[])[]) =>
  client.send(new CreatePipelineCommand(declared(stagesOf(...stages))));
const poll = (more: object = {}) =>
  until(async () => {
    const { jobs = [] } = await client.send(new PollForJobsCommand({ actionTypeId: TYPE, ...more }));
    return jobs[0];
  });
const take = async (): Promise<Job> => {
  const job = await poll();
  await client.send(new AcknowledgeJobCommand({ jobId: job.id, nonce: job.nonce }));
  return job;
};
const inputPlace = ({ data }: Job) => {
  const { bucketName, objectKey } = data?.inputArtifacts?.[0]?.location?.s3Location ?? {};
  return { Bucket: bucketName, Key: objectKey };
};
const action = async (name = "Build") =>
  (await client.send(new GetPipelineStateCommand({ name: "app" }))).stageStates
    ?.flatMap(({ actionStates = [] }) => actionStates)
    .find(({ actionName }) => actionName === name);
const actionIs = (status: string, name?: string) =>
  until(async () => ((await action(name))?.latestExecution?.status === status ? true : undefined));

describe("custom action types", () => {
  it("are created, listed with AWS's own, tagged, deleted, and had again only as they were", async () => {
    const { actionType, tags } = await createType();
    expect(actionType).toMatchObject({ id: TYPE, inputArtifactDetails: { minimumCount: 0, maximumCount: 1 } });
    expect(tags).toEqual([{ key: "a", value: "b" }]);
    await expect(createType()).rejects.toMatchObject({ name: "ValidationException" });
    const listed = await client.send(new ListActionTypesCommand({ actionOwnerFilter: "Custom" }));
    expect(listed.actionTypes?.map(({ id }) => id)).toEqual([TYPE]);
    const all = await client.send(new ListActionTypesCommand({}));
    expect(all.actionTypes?.map(({ id }) => id?.provider)).toContain("CloudFormation");
    const resourceArn = "arn:aws:codepipeline:us-east-1:123456789012:actiontype:Custom/Build/Mine/1";
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toHaveLength(1);
    const { category, provider, version } = TYPE;
    await client.send(new DeleteCustomActionTypeCommand({ category, provider, version }));
    await expect(client.send(new PollForJobsCommand({ actionTypeId: TYPE }))).rejects.toMatchObject({
      name: "ActionTypeNotFoundException",
    });
    await expect(create([build])).rejects.toMatchObject({ name: "InvalidActionDeclarationException" });
    await expect(createType({ configurationProperties: [] })).rejects.toMatchObject({ name: "ValidationException" });
    await createType();
  });

  it("are refused with two queryable properties, or a queryable one that is secret", async () => {
    const property = { name: "A", required: true, key: true, secret: false, queryable: true };
    await expect(createType({ configurationProperties: [property, { ...property, name: "B" }] })).rejects.toMatchObject(
      { message: "An action type can have up to one queryable property" },
    );
    await expect(createType({ configurationProperties: [{ ...property, secret: true }] })).rejects.toMatchObject({
      message: "A queryable property must be both required and not secret",
    });
  });
});

describe("a job", () => {
  it("is polled, acknowledged, continued and done, with what it gives", async () => {
    await createType();
    await create([build], [approvalOf("Ask", { configuration: { CustomData: "#{Vars.Size}" } })]);
    const { pipeline } = await client.send(new GetPipelineCommand({ name: "app" }));
    expect(pipeline?.stages?.[1]?.actions?.[0]?.configuration).toEqual({ Project: "one", Token: "****" });
    const other = await client.send(new PollForJobsCommand({ actionTypeId: TYPE, queryParam: { Project: "two" } }));
    expect(other.jobs).toEqual([]);
    const job = await poll({ queryParam: { Project: "one" } });
    expect(job).toMatchObject({
      accountId: "123456789012",
      data: {
        actionTypeId: TYPE,
        actionConfiguration: { configuration: { Project: "one", Token: "secret" } },
        pipelineContext: { pipelineName: "app", stage: { name: "Stage1" }, action: { name: "Build" } },
        inputArtifacts: [{ name: "App", location: { type: "S3", s3Location: { bucketName: "artifacts" } } }],
        outputArtifacts: [{ name: "Built" }],
      },
    });
    expect((await client.send(new PollForJobsCommand({ actionTypeId: TYPE }))).jobs).toEqual([]);
    const jobId = job.id;
    await expect(client.send(new PutJobSuccessResultCommand({ jobId }))).rejects.toMatchObject({
      name: "InvalidJobStateException",
    });
    await expect(client.send(new AcknowledgeJobCommand({ jobId, nonce: "99" }))).rejects.toMatchObject({
      name: "InvalidNonceException",
    });
    const { status } = await client.send(new AcknowledgeJobCommand({ jobId, nonce: job.nonce }));
    expect(status).toBe("InProgress");
    const { jobDetails } = await client.send(new GetJobDetailsCommand({ jobId }));
    expect(jobDetails?.data?.actionConfiguration?.configuration?.["Token"]).toBe("secret");
    const credentials = job.data?.artifactCredentials;
    const s3 = cloud.client(S3Client, { credentials: credentials as never });
    const place = job.data?.outputArtifacts?.[0]?.location?.s3Location;
    await s3.send(new PutObjectCommand({ Bucket: place?.bucketName, Key: place?.objectKey, Body: "zip" }));
    await s3.send(new GetObjectCommand(inputPlace(job)));
    const elsewhere = { Bucket: "source", Key: "app.zip" };
    await expect(s3.send(new GetObjectCommand(elsewhere))).rejects.toMatchObject({ name: "AccessDenied" });
    await expect(s3.send(new PutObjectCommand(inputPlace(job)))).rejects.toMatchObject({ name: "AccessDenied" });
    await client.send(new PutJobSuccessResultCommand({ jobId, continuationToken: "half" }));
    const again = await poll();
    expect(again.data?.continuationToken).toBe("half");
    await client.send(new AcknowledgeJobCommand({ jobId, nonce: again.nonce }));
    await expect(
      client.send(new PutJobSuccessResultCommand({ jobId, outputVariables: { Size: "x".repeat(122_880) } })),
    ).rejects.toMatchObject({ name: "OutputVariablesSizeExceededException" });
    const done = { summary: "built", externalExecutionId: "ext-1", percentComplete: 100 };
    await client.send(
      new PutJobSuccessResultCommand({ jobId, executionDetails: done, outputVariables: { Size: "12" } }),
    );
    await actionIs("Succeeded");
    expect(await action()).toMatchObject({
      entityUrl: "https://mine/one",
      latestExecution: {
        summary: "built",
        externalExecutionId: "ext-1",
        externalExecutionUrl: "https://mine/one/ext-1",
      },
    });
    await actionIs("InProgress", "Ask");
    const { actionExecutionDetails: [ask] = [] } = await client.send(
      new ListActionExecutionsCommand({ pipelineName: "app" }),
    );
    expect(ask?.input?.resolvedConfiguration).toEqual({ CustomData: "12" });
    await expect(client.send(new PutJobSuccessResultCommand({ jobId }))).rejects.toMatchObject({
      name: "InvalidJobStateException",
    });
  });

  it("is given out again when nobody acknowledges it, and fails with what its worker says", async () => {
    await createType();
    await create([build]);
    const first = await poll();
    cloud.clock.advance(61_000);
    const second = await take();
    expect(second.id).toBe(first.id);
    await client.send(
      new PutJobFailureResultCommand({
        jobId: second.id,
        failureDetails: { type: "ConfigurationError", message: "no such project" },
      }),
    );
    await actionIs("Failed");
    expect((await action())?.latestExecution?.errorDetails).toEqual({
      code: "ConfigurationError",
      message: "no such project",
    });
    await expect(
      client.send(new GetJobDetailsCommand({ jobId: "00000000-0000-0000-0000-000000000000" })),
    ).rejects.toMatchObject({
      name: "JobNotFoundException",
    });
  });

  it("of a source is begun by a revision, once for each", async () => {
    await createType({ category: "Source", inputArtifactDetails: { minimumCount: 0, maximumCount: 0 } });
    const actionTypeId = { ...TYPE, category: "Source" } as const;
    const own = { ...source, actionTypeId, configuration: { Project: "one" } };
    await client.send(
      new CreatePipelineCommand(
        declared([
          { name: "Source", actions: [own] },
          { name: "Stage1", actions: [approvalOf("Ask")] },
        ]),
      ),
    );
    const job = await until(async () => (await client.send(new PollForJobsCommand({ actionTypeId }))).jobs?.[0]);
    await client.send(new AcknowledgeJobCommand({ jobId: job.id, nonce: job.nonce }));
    const currentRevision = { revision: "r1", changeIdentifier: "c1", revisionSummary: "first" };
    await client.send(new PutJobSuccessResultCommand({ jobId: job.id, currentRevision }));
    await actionIs("InProgress", "Ask");
    const put = (revisionId: string) =>
      client.send(
        new PutActionRevisionCommand({
          pipelineName: "app",
          stageName: "Source",
          actionName: "Source",
          actionRevision: { revisionId, revisionChangeId: revisionId, created: new Date(0) },
        }),
      );
    expect(await put("r1")).toMatchObject({ newRevision: false });
    const begun = await put("r2");
    expect(begun.newRevision).toBe(true);
    const { pipelineExecution } = await client.send(
      new GetPipelineExecutionCommand({ pipelineName: "app", pipelineExecutionId: begun.pipelineExecutionId }),
    );
    expect(pipelineExecution?.trigger).toEqual({ triggerType: "PutActionRevision", triggerDetail: "r2" });
  });
});

describe("a third party", () => {
  const id = { category: "Test", owner: "ThirdParty", provider: "Partner", version: "1" } as const;

  const declareType = (more: { jobTimeout?: number } = {}) =>
    client.send(
      new UpdateActionTypeCommand({
        actionType: {
          id,
          executor: {
            type: "JobWorker",
            configuration: { jobWorkerExecutorConfiguration: { pollingAccounts: ["123456789012"] } },
            ...more,
          },
          inputArtifactDetails: { minimumCount: 0, maximumCount: 1 },
          outputArtifactDetails: { minimumCount: 0, maximumCount: 0 },
          properties: [{ name: "Key", optional: false, key: true, noEcho: true }],
        },
      }),
    );
  const taken = () =>
    until(async () => (await client.send(new PollForThirdPartyJobsCommand({ actionTypeId: id }))).jobs?.[0]);

  it("declares its type and works on its jobs", async () => {
    await declareType();
    expect((await client.send(new GetActionTypeCommand(id))).actionType?.properties).toHaveLength(1);
    await create([{ name: "Check", actionTypeId: id, configuration: { Key: "k" } }]);
    const found = await taken();
    const own = { jobId: found.jobId, clientToken: found.clientId };
    const { jobDetails } = await client.send(new GetThirdPartyJobDetailsCommand(own));
    expect(jobDetails?.data?.actionConfiguration?.configuration).toEqual({ Key: "k" });
    await expect(
      client.send(new AcknowledgeThirdPartyJobCommand({ ...own, clientToken: "x", nonce: jobDetails?.nonce })),
    ).rejects.toMatchObject({ name: "InvalidClientTokenException" });
    await client.send(new AcknowledgeThirdPartyJobCommand({ ...own, nonce: jobDetails?.nonce }));
    await client.send(new PutThirdPartyJobSuccessResultCommand(own));
    await actionIs("Succeeded", "Check");
  });

  it("has its type's time for each job, and fails when that is over", async () => {
    await declareType({ jobTimeout: 120 });
    await create([{ name: "Check", actionTypeId: id, configuration: { Key: "k" } }]);
    const found = await taken();
    cloud.clock.advance(100_000);
    const own = { jobId: found.jobId, clientToken: found.clientId };
    const { jobDetails } = await client.send(new GetThirdPartyJobDetailsCommand(own));
    await client.send(new AcknowledgeThirdPartyJobCommand({ ...own, nonce: jobDetails?.nonce }));
    await client.send(new PutThirdPartyJobSuccessResultCommand({ ...own, continuationToken: "more" }));
    await taken();
    cloud.clock.advance(119_000);
    await actionIs("InProgress", "Check");
    cloud.clock.advance(1_000);
    await actionIs("Failed", "Check");
  });

  it("is not found before it has declared itself", async () => {
    await expect(client.send(new GetActionTypeCommand(id))).rejects.toMatchObject({
      name: "ActionTypeNotFoundException",
    });
    await expect(client.send(new PollForThirdPartyJobsCommand({ actionTypeId: id }))).rejects.toMatchObject({
      name: "ActionTypeNotFoundException",
    });
  });
});
