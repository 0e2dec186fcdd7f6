import {
  BatchGetDeploymentsCommand,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  CreateDeploymentGroupCommand,
  ListDeploymentTargetsCommand,
} from "@aws-sdk/client-codedeploy";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { appSpec, ROLE_ARN, setUp } from "../testDeployments.ts";

const IN_S3 = {
  revision: {
    revisionType: "S3" as const,
    s3Location: { bucket: "specs", key: "spec.yml", bundleType: "YAML" as const },
  },
};

describe("revisions in S3", () => {
  test("are read under the group's service role when the deployment runs", async () => {
    await using room = await setUp({ allowed: ["lambda:*", "s3:GetObject"] });
    const s3 = room.cloud.client(S3Client, { forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: "specs" }));
    await s3.send(new PutObjectCommand({ Bucket: "specs", Key: "spec.yml", Body: appSpec([]) }));
    const id = await room.deploy([], IN_S3);
    await room.cloud.tasks.idle();
    expect([(await room.info(id))?.status, room.shifts]).toEqual(["Succeeded", ["2"]]);
  });

  test("that the role may not read, or that are not there, fail it", async () => {
    await using room = await setUp();
    const s3 = room.cloud.client(S3Client, { forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: "specs" }));
    const denied = await room.deploy([], IN_S3);
    await room.cloud.tasks.idle();
    expect((await room.info(denied))?.errorInformation).toMatchObject({
      code: "IAM_ROLE_PERMISSIONS",
      message: expect.stringMatching(/in the following AWS service: AmazonS3\./),
    });
    await using allowed = await setUp({ allowed: "*" });
    const missing = await allowed.deploy([], IN_S3);
    await allowed.cloud.tasks.idle();
    expect((await allowed.info(missing))?.errorInformation?.code).toBe("REVISION_MISSING");
  });
});

describe("instances", () => {
  test("a deployment to a group that has none fails as AWS's does", async () => {
    await using room = await setUp();
    await room.client.send(new CreateApplicationCommand({ applicationName: "fleet" }));
    const place = { applicationName: "fleet", deploymentGroupName: "web" };
    await room.client.send(new CreateDeploymentGroupCommand({ ...place, serviceRoleArn: ROLE_ARN }));
    const { deploymentId = "" } = await room.client.send(
      new CreateDeploymentCommand({
        ...place,
        revision: { revisionType: "S3", s3Location: { bucket: "b", key: "k", bundleType: "zip" } },
      }),
    );
    await room.cloud.tasks.idle();
    expect(await room.info(deploymentId)).toMatchObject({
      status: "Failed",
      computePlatform: "Server",
      fileExistsBehavior: "DISALLOW",
      errorInformation: { code: "NO_INSTANCES", message: expect.stringContaining("no instances were found") },
      deploymentOverview: { Succeeded: 0, Failed: 0 },
    });
    expect((await room.client.send(new ListDeploymentTargetsCommand({ deploymentId }))).targetIds).toEqual([]);
  });
});

describe("behaviour", () => {
  test("a deployment tells of the revision before it", async () => {
    await using room = await setUp();
    await room.deploy();
    await room.cloud.tasks.idle();
    const back = { revisionType: "AppSpecContent" as const, appSpecContent: { content: swapped(appSpec([])) } };
    const id = await room.deploy([], { revision: back, description: "back again" });
    await room.cloud.tasks.idle();
    expect(await room.info(id)).toMatchObject({
      status: "Succeeded",
      description: "back again",
      revision: back,
      previousRevision: { appSpecContent: { content: appSpec([]) } },
    });
  });

  test("many are told of at once; those that are not there are left out", async () => {
    await using room = await setUp();
    const id = await room.deploy();
    await room.cloud.tasks.idle();
    const get = async (...deploymentIds: string[]) =>
      (await room.client.send(new BatchGetDeploymentsCommand({ deploymentIds }))).deploymentsInfo;
    expect((await get(id, "d-000000000"))?.map(({ deploymentId }) => deploymentId)).toEqual([id]);
    await expect(get("nothing")).rejects.toMatchObject({ name: "InvalidDeploymentIdException" });
    await expect(get()).rejects.toMatchObject({ name: "DeploymentIdRequiredException" });
    await expect(get(...Array.from({ length: 26 }, () => id))).rejects.toMatchObject({
      name: "BatchLimitExceededException",
    });
  });
});

const swapped = (spec: string): string =>
  spec.replace('"CurrentVersion":"1","TargetVersion":"2"', '"CurrentVersion":"2","TargetVersion":"1"');

describe("refusals", () => {
  test.each<[string, Partial<CreateDeploymentCommandInput>]>([
    ["DeploymentGroupNameRequiredException", { deploymentGroupName: undefined }],
    ["RevisionRequiredException", { revision: undefined }],
    ["DeploymentConfigDoesNotExistException", { deploymentConfigName: "none" }],
    ["InvalidFileExistsBehaviorException", { fileExistsBehavior: "OVERWRITE" }],
    ["InvalidIgnoreApplicationStopFailuresValueException", { ignoreApplicationStopFailures: true }],
    ["InvalidUpdateOutdatedInstancesOnlyValueException", { updateOutdatedInstancesOnly: true }],
    ["InvalidTargetInstancesException", { targetInstances: { autoScalingGroups: [] } }],
    ["DescriptionTooLongException", { description: "x".repeat(257) }],
    ["InvalidAlarmConfigException", { overrideAlarmConfiguration: { enabled: true, alarms: [] } }],
    ["InvalidAutoRollbackConfigException", { autoRollbackConfiguration: { enabled: true, events: [] } }],
  ])("%s for %j", async (name, input) => {
    await using room = await setUp();
    await expect(room.deploy([], input)).rejects.toMatchObject({ name });
  });
});
