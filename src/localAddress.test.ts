import { expect, test } from "vitest";
import { createLocalAddress } from "./localAddress.ts";
import { openMemoryStore } from "./store/memory/memoryStore.ts";

const local = () => {
  const { records } = openMemoryStore();
  const put = (scope: string, collection: string, name: string) =>
    records.scope(scope).collection(collection).put(name, {});
  put("codepipeline/1/us-east-1", "pipelines", "shop");
  put("lambda/1/us-east-1", "functions", "get");
  put("dynamodb/1/us-east-1", "tables", "items");
  put("s3/1/-", "buckets", "site");
  put("codecommit/1/us-east-1", "repositoryNames", "app");
  return createLocalAddress({
    endpoint: () => "http://127.0.0.1:4566",
    records,
    consolePath: "/_aloft/console/",
    directory: () => "/nowhere",
  });
};
const CONSOLE = "http://127.0.0.1:4566/_aloft/console/#";

test.each([
  [
    "https://console.aws.amazon.com/codesuite/codepipeline/pipelines/shop/view?region=us-east-1",
    `${CONSOLE}/pipelines/shop`,
  ],
  [
    "https://console.aws.amazon.com/codesuite/codepipeline/pipelines/shop/executions/7c9e6679-7425-40de-944b-e07fc1f90ae7/timeline?region=us-east-1",
    `${CONSOLE}/pipelines/shop/runs/7c9e6679-7425-40de-944b-e07fc1f90ae7`,
  ],
  [
    "https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/get?tab=code",
    `${CONSOLE}/functions/get`,
  ],
  ["https://console.aws.amazon.com/dynamodb/home?region=us-east-1#tables:selected=items", `${CONSOLE}/tables/items`],
  ["https://s3.console.aws.amazon.com/s3/buckets/site?region=us-east-1", `${CONSOLE}/buckets/site`],
  [
    "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/app",
    "http://git-codecommit.us-east-1.localhost:4566/v1/repos/app",
  ],
  ["see https://s3.console.aws.amazon.com/s3/buckets/site and more", `see ${CONSOLE}/buckets/site and more`],
])("%s leads to what is here", (link, here) => {
  expect(local()(link)).toBe(here);
});

test.each([
  "https://console.aws.amazon.com/codesuite/codepipeline/pipelines/other/view",
  "https://console.aws.amazon.com/cloudwatch/home",
  "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/other",
])("%s stays AWS's", (link) => {
  expect(local()(link)).toBe(link);
});
