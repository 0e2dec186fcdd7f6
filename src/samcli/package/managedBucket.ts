import { describeStack, type Stack, waitForStack } from "../../awscli/cloudformation/stack.ts";
import { listOf } from "../../awscli/s3/listing.ts";
import type { SamCall } from "../command.ts";
import { SamFailure } from "../failure.ts";
import { service } from "../services.ts";
import { managedTemplate } from "./managedTemplate.ts";

const STACK = "aws-sam-cli-managed-default";
const TAG = { Key: "ManagedStackSource", Value: "AwsSamCli" };

/** `--resolve-s3`: the bucket of the stack that the SAM CLI keeps in each account and region; made when it is not there. */
export const managedBucket = async (call: SamCall): Promise<string> => {
  const { io } = call;
  const sdk = await service("cloudformation", call);
  let stack = await describeStack(sdk, STACK);
  if (!stack) {
    io.out("\tCreating the required resources...\n");
    const ChangeSetName = "InitialCreation";
    await sdk.send("CreateChangeSet", {
      StackName: STACK,
      TemplateBody: JSON.stringify(managedTemplate()),
      Tags: [TAG],
      ChangeSetType: "CREATE",
      ChangeSetName,
      Capabilities: ["CAPABILITY_IAM"],
    });
    await waitForStack(sdk, "ChangeSetCreateComplete", { StackName: STACK, ChangeSetName });
    await sdk.send("ExecuteChangeSet", { StackName: STACK, ChangeSetName });
    await waitForStack(sdk, "StackCreateComplete", { StackName: STACK });
    io.out("\tSuccessfully created!\n");
    stack = await describeStack(sdk, STACK);
  }
  const bucket = bucketOf(stack);
  io.out(
    `\n\tManaged S3 bucket: ${bucket}\n\tAuto resolution of buckets can be turned off by setting resolve_s3=False\n\tTo use a specific S3 bucket, set --s3-bucket=<bucket_name>\n\tAbove settings can be stored in samconfig.toml\n`,
  );
  return bucket;
};

const bucketOf = (stack: Stack | undefined): string => {
  const tag = listOf(stack?.["Tags"]).find(({ Key }) => Key === TAG.Key);
  if (tag?.["Value"] !== TAG.Value)
    throw new SamFailure(
      `Stack  ${STACK} exists, but the ManagedStackSource tag is missing. Failing as the stack was likely not created by the AWS SAM CLI.`,
    );
  const output = listOf(stack?.["Outputs"]).find(({ OutputKey }) => OutputKey === "SourceBucket");
  if (typeof output?.["OutputValue"] === "string") return output["OutputValue"];
  throw new SamFailure(
    `Stack ${STACK} exists, but is missing the managed source bucket key. Failing as this stack was likely not created by the AWS SAM CLI.`,
  );
};
