import {
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameCommand,
  GetBasePathMappingCommand,
  GetBasePathMappingsCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  UpdateBasePathMappingCommand,
  UpdateDomainNameCommand,
  UpdateRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lambda, type RestCloud, restCloud } from "../dataPlane/executeRestFixture.ts";

let cloud: RestCloud;

beforeEach(async () => {
  cloud = await restCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const domainName = "api.example.com";
const host = "api.example.com.localhost:4566";
const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/x";
const regional = { endpointConfiguration: { types: ["REGIONAL" as const] }, regionalCertificateArn: certificate };
const domain = (more: object = regional) => cloud.apis.send(new CreateDomainNameCommand({ domainName, ...more }));
const map = (restApiId: string, more: object = {}) =>
  cloud.apis.send(new CreateBasePathMappingCommand({ domainName, restApiId, ...more }));

describe("domain names", () => {
  test("regional ones have a name of their own, edge-optimized ones a distribution", async () => {
    expect(await domain()).toMatchObject({
      domainName,
      regionalCertificateArn: certificate,
      regionalDomainName: expect.stringMatching(/^d-\w{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
      regionalHostedZoneId: expect.stringMatching(/^Z/),
      endpointConfiguration: { types: ["REGIONAL"] },
      domainNameStatus: "AVAILABLE",
      securityPolicy: "TLS_1_2",
      routingMode: "BASE_PATH_MAPPING_ONLY",
    });
    const edge = await domain({ domainName: "edge.example.com", certificateArn: certificate });
    expect(edge).toMatchObject({
      certificateArn: certificate,
      distributionDomainName: expect.stringMatching(/^d\w{13}\.cloudfront\.net$/),
      distributionHostedZoneId: "Z2FDTNDATAQYW2",
    });
    const { items = [] } = await cloud.apis.send(new GetDomainNamesCommand({}));
    expect(items.map((one) => one.domainName)).toEqual([domainName, "edge.example.com"]);
  });

  test("patches change them, mutual TLS included", async () => {
    await domain();
    const patch = (path: string, value: string) =>
      cloud.apis.send(new UpdateDomainNameCommand({ domainName, patchOperations: [{ op: "replace", path, value }] }));
    expect(await patch("/regionalCertificateArn", `${certificate}2`)).toMatchObject({
      regionalCertificateArn: `${certificate}2`,
    });
    const truststoreUri = "s3://trust/store.pem";
    expect((await patch("/mutualTlsAuthentication/truststoreUri", truststoreUri)).mutualTlsAuthentication).toEqual({
      truststoreUri,
    });
    expect((await patch("/mutualTlsAuthentication/truststoreUri", "")).mutualTlsAuthentication).toBeUndefined();
    await cloud.apis.send(new DeleteDomainNameCommand({ domainName }));
  });

  test("refusals", async () => {
    await domain();
    await expect(domain()).rejects.toMatchObject({ name: "ConflictException" });
    await expect(cloud.apis.send(new GetDomainNameCommand({ domainName: "no.example.com" }))).rejects.toMatchObject({
      name: "NotFoundException",
      message: "Invalid domain name identifier specified",
    });
    await expect(map("none")).rejects.toMatchObject({
      name: "BadRequestException",
      message: "Invalid REST API identifier specified",
    });
    const { restApiId } = await cloud.api({ "/": { get: lambda } });
    await expect(map(restApiId, { stage: "none" })).rejects.toThrow("Invalid stage identifier specified");
    await expect(map(restApiId, { basePath: "a/b" })).rejects.toThrow("doesn't support the slash character");
    await map(restApiId, { basePath: "a" });
    await expect(map(restApiId, { basePath: "a" })).rejects.toMatchObject({ name: "ConflictException" });
    const missing = new GetBasePathMappingCommand({ domainName, basePath: "b" });
    await expect(cloud.apis.send(missing)).rejects.toThrow("Invalid base path mapping identifier specified");
  });
});

describe("base path mappings", () => {
  test("lead to an API's stage, and the function sees the whole path", async () => {
    await domain();
    const { restApiId } = await cloud.api({ "/items/{id}": { get: lambda } });
    expect(await map(restApiId, { basePath: "shop", stage: "prod" })).toMatchObject({
      basePath: "shop",
      restApiId,
      stage: "prod",
    });
    // A domain has its own way, whether or not the API's own address answers.
    const patchOperations = [{ op: "replace" as const, path: "/disableExecuteApiEndpoint", value: "true" }];
    await cloud.apis.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
    expect((await cloud.request(restApiId, "/prod/items/1")).status).toBe(403);
    expect((await cloud.request(restApiId, "/shop/items/1", { host })).json()).toMatchObject({
      resource: "/items/{id}",
      path: "/shop/items/1",
      pathParameters: { id: "1" },
      requestContext: { path: "/shop/items/1", stage: "prod", domainName: "api.example.com.localhost" },
    });
  });

  test("without a stage the path names one, and mappings move", async () => {
    await domain();
    const { restApiId } = await cloud.api({ "/items": { get: lambda } });
    expect(await map(restApiId)).toMatchObject({ basePath: "(none)", restApiId });
    expect((await cloud.request(restApiId, "/prod/items", { host })).json()).toMatchObject({
      path: "/items",
      requestContext: { path: "/prod/items", stage: "prod" },
    });
    const patchOperations = [
      { op: "replace" as const, path: "/basePath", value: "v1" },
      { op: "replace" as const, path: "/stage", value: "prod" },
    ];
    await cloud.apis.send(new UpdateBasePathMappingCommand({ domainName, basePath: "(none)", patchOperations }));
    expect((await cloud.request(restApiId, "/v1/items", { host })).status).toBe(200);
    const { items } = await cloud.apis.send(new GetBasePathMappingsCommand({ domainName }));
    expect(items).toEqual([{ basePath: "v1", restApiId, stage: "prod" }]);
    await cloud.apis.send(new DeleteBasePathMappingCommand({ domainName, basePath: "v1" }));
    expect((await cloud.request(restApiId, "/v1/items", { host })).status).toBe(403);
  });
});
