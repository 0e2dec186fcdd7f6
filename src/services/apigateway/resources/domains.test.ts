import { APIGatewayClient, GetBasePathMappingsCommand, GetDomainNamesCommand } from "@aws-sdk/client-api-gateway";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

let cloud: TestCloud;
let apis: APIGatewayClient;

beforeEach(async () => {
  cloud = await testCloud();
  apis = cloud.client(APIGatewayClient);
});
afterEach(() => cloud[Symbol.asyncDispose]());

/** A REST API and an HTTP API below domains of their own, as SAM's users write them. */
const template = (basePath: string) => ({
  Transform: "AWS::Serverless-2016-10-31",
  Resources: {
    Rest: {
      Type: "AWS::Serverless::Api",
      Properties: {
        StageName: "prod",
        Domain: {
          DomainName: "rest.example.com",
          CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/x",
          EndpointConfiguration: "REGIONAL",
          BasePath: [basePath],
        },
        DefinitionBody: {
          swagger: "2.0",
          info: { title: "rest", version: "1" },
          paths: { "/": { get: { "x-amazon-apigateway-integration": { type: "mock" } } } },
        },
      },
    },
    Http: {
      Type: "AWS::Serverless::HttpApi",
      Properties: {
        Domain: {
          DomainName: "http.example.com",
          CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/x",
          MutualTlsAuthentication: { TruststoreUri: "s3://trust/store.pem" },
        },
        DefinitionBody: { openapi: "3.0.1", info: { title: "http", version: "1" }, paths: {} },
      },
    },
  },
});

test("SAM's domains deploy, change and go", async () => {
  const stack = stackOf(cloud, "shop", ["CAPABILITY_AUTO_EXPAND"]);
  const mapped = async () => {
    const { items = [] } = await apis.send(new GetBasePathMappingsCommand({ domainName: "rest.example.com" }));
    return items.map(({ basePath, stage }) => [basePath, stage]);
  };
  await stack.create(template("v1"));
  expect(await mapped()).toEqual([["v1", "prod"]]);
  const { items = [] } = await apis.send(new GetDomainNamesCommand({}));
  expect(items.map((one) => [one.domainName, one.mutualTlsAuthentication?.truststoreUri])).toEqual([
    ["http.example.com", "s3://trust/store.pem"],
    ["rest.example.com", undefined],
  ]);
  await stack.update(template("v2"));
  expect(await mapped()).toEqual([["v2", "prod"]]);
  await stack.delete();
  expect((await apis.send(new GetDomainNamesCommand({}))).items).toEqual([]);
});
