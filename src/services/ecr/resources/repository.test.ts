import {
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
} from "@aws-sdk/client-ecr";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const template = (Properties: object) => ({
  Resources: { Images: { Type: "AWS::ECR::Repository", Properties } },
  Outputs: { Name: { Value: { Ref: "Images" } }, Uri: { Value: { "Fn::GetAtt": ["Images", "RepositoryUri"] } } },
});

const POLICY = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" }] };
const RULE = {
  rulePriority: 1,
  selection: { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 9 },
  action: { type: "expire" },
};
const LIFECYCLE = { LifecyclePolicyText: JSON.stringify({ rules: [RULE] }) };

test("a repository comes, changes and goes with its stack", async () => {
  await using cloud = await testCloud();
  const ecr = cloud.client(ECRClient);
  const stack = stackOf(cloud, "images");
  const full = { ImageTagMutability: "IMMUTABLE", RepositoryPolicyText: POLICY, LifecyclePolicy: LIFECYCLE };
  const { outputs } = await stack.create(template(full));
  const repositoryName = outputs["Name"] ?? "";
  expect(repositoryName).toMatch(/^images-images-[a-z0-9]+$/);
  expect(outputs["Uri"]).toContain(`/${repositoryName}`);
  const { policyText = "" } = await ecr.send(new GetRepositoryPolicyCommand({ repositoryName }));
  expect(JSON.parse(policyText)).toEqual(POLICY);
  await ecr.send(new GetLifecyclePolicyCommand({ repositoryName }));

  await stack.update(template({ ImageScanningConfiguration: { ScanOnPush: true } }));
  expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories).toMatchObject([
    { repositoryName, imageTagMutability: "MUTABLE", imageScanningConfiguration: { scanOnPush: true } },
  ]);
  await expect(ecr.send(new GetRepositoryPolicyCommand({ repositoryName }))).rejects.toThrow("does not exist");
  await expect(ecr.send(new GetLifecyclePolicyCommand({ repositoryName }))).rejects.toThrow("does not exist");

  await stack.delete();
  expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories).toEqual([]);
});
