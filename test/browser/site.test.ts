import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { startCloud } from "../../src/index.ts";
import { openBrowser } from "./browser.ts";

const SITE = join(import.meta.dirname, "..", "..", "examples", "cloudproviders", "site");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
};
const ROWS = [
  { provider: "Amazon Web Services", launched: 2006, firstService: "Amazon S3", url: "https://aws.amazon.com/" },
];

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false }
      WebsiteConfiguration: { IndexDocument: index.html }
  SitePolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Site
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: !Sub "\${Site.Arn}/*" }]
  Api:
    Type: AWS::Serverless::HttpApi
    Properties: { CorsConfiguration: { AllowOrigins: ["*"], AllowMethods: [GET] } }
  Rows:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: 'exports.handler = async () => (${JSON.stringify(ROWS)});'
      Events: { Get: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: GET, Path: /clouds } } }
Outputs:
  Bucket: { Value: !Ref Site }
  SiteUrl: { Value: !GetAtt Site.WebsiteURL }
  Api: { Value: !Sub "\${Api.ApiEndpoint}/clouds" }
`;

test("the site shows the API's rows as a table in a browser, and the API answers there too", {
  timeout: 120_000,
}, async () => {
  await using cloud = await startCloud();
  const config = { region: cloud.region, endpoint: cloud.endpoint, credentials: cloud.credentials };
  const outputs = await deploy(new CloudFormationClient(config));
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const put = (Key: string, Body: string | Buffer) =>
    s3.send(new PutObjectCommand({ Bucket: outputs["Bucket"], Key, Body, ContentType: TYPES[extname(Key)] }));
  for (const name of readdirSync(SITE)) await put(name, readFileSync(join(SITE, name)));
  await put("config.json", JSON.stringify({ api: outputs["Api"] }));

  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(outputs["SiteUrl"] ?? "");
    await page.getByRole("link", { name: "Amazon Web Services" }).waitFor();
    expect(await page.getByRole("row").allInnerTexts()).toEqual([
      expect.stringContaining("Provider"),
      expect.stringMatching(/Amazon Web Services\s+2006\s+Amazon S3/),
    ]);
    await page.goto(outputs["Api"] ?? "");
    expect(JSON.parse(await page.innerText("body"))).toEqual(ROWS);
  } finally {
    await browser.close();
  }
});

const deploy = async (client: CloudFormationClient): Promise<Readonly<Record<string, string>>> => {
  const name = { StackName: "site", ChangeSetName: "create" };
  const Capabilities = ["CAPABILITY_IAM" as const, "CAPABILITY_AUTO_EXPAND" as const];
  await client.send(
    new CreateChangeSetCommand({ ...name, ChangeSetType: "CREATE", TemplateBody: TEMPLATE, Capabilities }),
  );
  const waiter = { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 };
  await waitUntilChangeSetCreateComplete(waiter, name);
  await client.send(new ExecuteChangeSetCommand(name));
  await waitUntilStackCreateComplete(waiter, name);
  const { Stacks } = await client.send(new DescribeStacksCommand(name));
  return Object.fromEntries(
    (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
  );
};
