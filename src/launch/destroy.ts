import { DescribeStackResourcesCommand } from "@aws-sdk/client-cloudformation";
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Tell } from "./progress.ts";
import { deleteStack, findStack, outputOf } from "./stack.ts";
import { type Clients, clientsFor, type Target } from "./target.ts";

/** Deletes what a launch made: the application's stack, then the pipeline's with its buckets emptied, then the source bucket. */
export const destroy = async (target: Target, name: string, tell: Tell): Promise<readonly string[]> => {
  const clients = clientsFor(target);
  const stack = await findStack(clients, name);
  const application = outputOf(stack, "ApplicationStackName") ?? `${name}-app`;
  const deleted: string[] = [];
  if (await deleteStack(clients, application, tell)) deleted.push(application);
  if (stack) {
    for (const bucket of await bucketsOf(clients, name)) await emptyBucket(clients, bucket);
    if (await deleteStack(clients, name, tell)) deleted.push(name);
  }
  const { Account } = await clients.sts.send(new GetCallerIdentityCommand({}));
  const source = `${name}-source-${Account}-${target.region}`;
  if (await removeBucket(clients, source)) deleted.push(source);
  return deleted;
};

const bucketsOf = async ({ cloudformation }: Clients, stack: string): Promise<readonly string[]> => {
  const { StackResources } = await cloudformation.send(new DescribeStackResourcesCommand({ StackName: stack }));
  return (StackResources ?? []).flatMap(({ ResourceType, PhysicalResourceId }) =>
    ResourceType === "AWS::S3::Bucket" && PhysicalResourceId ? [PhysicalResourceId] : [],
  );
};

/** Removes every version of every object, a page at a time. */
const emptyBucket = async ({ s3 }: Clients, Bucket: string): Promise<void> => {
  while (true) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  }
};

const removeBucket = async (clients: Clients, Bucket: string): Promise<boolean> => {
  try {
    await emptyBucket(clients, Bucket);
    await clients.s3.send(new DeleteBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === "NoSuchBucket") return false;
    throw error;
  }
};
