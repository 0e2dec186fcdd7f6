import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What `cdk synth` would leave of an application of ours: a serverless stack with bundled assets and custom resources. */
export interface Assembly {
  /** What the API answers with. */
  readonly greeting: string;
}

const ACCOUNT = "000000000000";
const REGION = "us-east-1";
const QUALIFIER = "hnb659fds";
const BUCKET = `cdk-${QUALIFIER}-assets-${ACCOUNT}-${REGION}`;
const VERSION_PARAMETER = `/cdk-bootstrap/${QUALIFIER}/version`;
export const STACK = "Shop";
export const ENVIRONMENT = `aws://${ACCOUNT}/${REGION}`;

const role = (name: string) =>
  `arn:\${AWS::Partition}:iam::${ACCOUNT}:role/cdk-${QUALIFIER}-${name}-role-${ACCOUNT}-${REGION}`;

/** Writes the cloud assembly into a folder: manifest, template, assets. */
export const writeAssembly = (folder: string, { greeting }: Assembly): void => {
  mkdirSync(folder, { recursive: true });
  const write = (path: string, content: object | string) =>
    writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
  const assets = { api: apiCode(greeting), provider: PROVIDER };
  const keys = Object.fromEntries(Object.entries(assets).map(([name, code]) => [name, `${name}-${digest(code)}`]));
  for (const [name, code] of Object.entries(assets)) {
    mkdirSync(join(folder, `asset.${keys[name]}`), { recursive: true });
    write(`asset.${keys[name]}/index.js`, code);
  }
  const body = JSON.stringify(template({ api: `${keys["api"]}.zip`, provider: `${keys["provider"]}.zip` }));
  write(`${STACK}.template.json`, body);
  write(`${STACK}.assets.json`, assetManifest(Object.values(keys), digest(body)));
  write("manifest.json", manifest(digest(body)));
  write("cdk.out", { version: "36.0.0" });
};

const digest = (text: string): string =>
  [...text].reduce((hash, char) => (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0, 7).toString(16);

const manifest = (templateKey: string) => ({
  version: "36.0.0",
  artifacts: {
    [`${STACK}.assets`]: {
      type: "cdk:asset-manifest",
      properties: {
        file: `${STACK}.assets.json`,
        requiresBootstrapStackVersion: 6,
        bootstrapStackVersionSsmParameter: VERSION_PARAMETER,
      },
    },
    [STACK]: {
      type: "aws:cloudformation:stack",
      environment: ENVIRONMENT,
      properties: {
        templateFile: `${STACK}.template.json`,
        assumeRoleArn: role("deploy"),
        cloudFormationExecutionRoleArn: role("cfn-exec"),
        stackTemplateAssetObjectUrl: `s3://${BUCKET}/${templateKey}.json`,
        requiresBootstrapStackVersion: 6,
        bootstrapStackVersionSsmParameter: VERSION_PARAMETER,
        additionalDependencies: [`${STACK}.assets`],
        lookupRole: {
          arn: role("lookup"),
          requiresBootstrapStackVersion: 8,
          bootstrapStackVersionSsmParameter: VERSION_PARAMETER,
        },
      },
      dependencies: [`${STACK}.assets`],
      displayName: STACK,
    },
  },
});

const assetManifest = (keys: readonly string[], templateKey: string) => {
  const file = (source: object, objectKey: string) => ({
    source,
    destinations: {
      here: { bucketName: BUCKET, objectKey, region: REGION, assumeRoleArn: role("file-publishing") },
    },
  });
  const folders = keys.map((key) => [key, file({ path: `asset.${key}`, packaging: "zip" }, `${key}.zip`)]);
  const own = file({ path: `${STACK}.template.json`, packaging: "file" }, `${templateKey}.json`);
  return { version: "36.0.0", files: { ...Object.fromEntries(folders), [templateKey]: own } };
};

const apiCode = (greeting: string) => `
const { DynamoDBClient, ScanCommand } = require("@aws-sdk/client-dynamodb");
exports.handler = async () => {
  const { Items } = await new DynamoDBClient({}).send(new ScanCommand({ TableName: process.env.TABLE }));
  return { statusCode: 200, body: JSON.stringify({ greeting: ${JSON.stringify(greeting)}, rows: Items.length }) };
};`;

/** Empties a bucket when it is deleted, and answers as CDK's own providers do: by HTTPS, to host and path alone. */
const PROVIDER = `
const https = require("https");
const { S3Client, ListObjectVersionsCommand, DeleteObjectsCommand } = require("@aws-sdk/client-s3");
exports.handler = async (event) => {
  if (event.RequestType === "Delete") {
    const s3 = new S3Client({});
    const Bucket = event.ResourceProperties.BucketName;
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = Versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId = "emptier" } = event;
  const body = JSON.stringify({ Status: "SUCCESS", StackId, RequestId, LogicalResourceId, PhysicalResourceId });
  const url = new URL(event.ResponseURL);
  const options = { hostname: url.hostname, path: url.pathname + url.search, method: "PUT" };
  await new Promise((resolve, reject) => {
    const sent = https.request({ ...options, headers: { "content-length": Buffer.byteLength(body) } }, (response) => {
      response.resume();
      response.statusCode < 400 ? resolve() : reject(new Error("status " + response.statusCode));
    });
    sent.on("error", reject);
    sent.end(body);
  });
};`;

const att = (id: string, name: string) => ({ "Fn::GetAtt": [id, name] });
const ref = (id: string) => ({ Ref: id });

const lambdaRole = (statements: readonly object[]) => ({
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    },
    ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
    Policies: [{ PolicyName: "own", PolicyDocument: { Version: "2012-10-17", Statement: statements } }],
  },
});

const lambdaFunction = (S3Key: string, roleId: string, variables: object) => ({
  Type: "AWS::Lambda::Function",
  Properties: {
    Code: { S3Bucket: BUCKET, S3Key },
    Handler: "index.handler",
    Runtime: "nodejs20.x",
    Timeout: 30,
    Role: att(roleId, "Arn"),
    Environment: { Variables: variables },
  },
});

const template = (keys: { readonly api: string; readonly provider: string }) => ({
  Resources: {
    Table: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
      },
      DeletionPolicy: "Delete",
    },
    ApiRole: lambdaRole([{ Effect: "Allow", Action: "dynamodb:Scan", Resource: att("Table", "Arn") }]),
    ApiFunction: lambdaFunction(keys.api, "ApiRole", { TABLE: ref("Table") }),
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "Api", ProtocolType: "HTTP" } },
    Stage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: { ApiId: ref("Api"), StageName: "$default", AutoDeploy: true },
    },
    Integration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: ref("Api"),
        IntegrationType: "AWS_PROXY",
        IntegrationUri: att("ApiFunction", "Arn"),
        PayloadFormatVersion: "2.0",
      },
    },
    Route: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        ApiId: ref("Api"),
        RouteKey: "$default",
        Target: { "Fn::Join": ["/", ["integrations", ref("Integration")]] },
      },
    },
    Permission: {
      Type: "AWS::Lambda::Permission",
      Properties: {
        Action: "lambda:InvokeFunction",
        FunctionName: att("ApiFunction", "Arn"),
        Principal: "apigateway.amazonaws.com",
      },
    },
    Files: { Type: "AWS::S3::Bucket", DeletionPolicy: "Delete" },
    ProviderRole: lambdaRole([
      {
        Effect: "Allow",
        Action: ["s3:ListBucketVersions", "s3:DeleteObject", "s3:DeleteObjectVersion"],
        Resource: [att("Files", "Arn"), { "Fn::Join": ["", [att("Files", "Arn"), "/*"]] }],
      },
    ]),
    Provider: lambdaFunction(keys.provider, "ProviderRole", {}),
    Emptier: {
      Type: "Custom::S3AutoDeleteObjects",
      Properties: { ServiceToken: att("Provider", "Arn"), BucketName: ref("Files") },
    },
    CDKMetadata: { Type: "AWS::CDK::Metadata", Properties: { Analytics: "v2:deflate64:H4sIAAAA" } },
  },
  Outputs: { Url: { Value: att("Api", "ApiEndpoint") }, Bucket: { Value: ref("Files") } },
  Parameters: {
    BootstrapVersion: { Type: "AWS::SSM::Parameter::Value<String>", Default: VERSION_PARAMETER },
  },
  Rules: {
    CheckBootstrapVersion: {
      Assertions: [
        {
          Assert: { "Fn::Not": [{ "Fn::Contains": [["1", "2", "3", "4", "5"], ref("BootstrapVersion")] }] },
          AssertDescription: "CDK bootstrap stack version 6 required.",
        },
      ],
    },
  },
});
