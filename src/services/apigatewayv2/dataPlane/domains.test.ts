import {
  CreateApiMappingCommand,
  CreateDomainNameCommand,
  CreateStageCommand,
  DeleteDomainNameCommand,
  GetApiMappingsCommand,
  GetDomainNameCommand,
  UpdateApiMappingCommand,
} from "@aws-sdk/client-apigatewayv2";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ApiCloud, apiCloud } from "./executeApiFixture.ts";

let cloud: ApiCloud;

beforeEach(async () => {
  cloud = await apiCloud();
});
afterEach(() => cloud[Symbol.asyncDispose]());

const DomainName = "api.example.com";
const host = "api.example.com.localhost:4566";
const domain = (name = DomainName) =>
  cloud.apis.send(
    new CreateDomainNameCommand({
      DomainName: name,
      DomainNameConfigurations: [{ CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/x" }],
    }),
  );

describe("custom domains", () => {
  test("shape", async () => {
    expect(await domain()).toMatchObject({
      DomainName,
      ApiMappingSelectionExpression: "$request.basepath",
      DomainNameConfigurations: [
        {
          ApiGatewayDomainName: expect.stringMatching(/^d-\w{10}\.execute-api\.us-east-1\.amazonaws\.com$/),
          DomainNameStatus: "AVAILABLE",
          EndpointType: "REGIONAL",
          HostedZoneId: expect.stringMatching(/^Z/),
          SecurityPolicy: "TLS_1_2",
        },
      ],
    });
  });

  test("refusals", async () => {
    await domain();
    await expect(domain()).rejects.toMatchObject({ name: "ConflictException" });
    await expect(domain("UPPER.example.com")).rejects.toMatchObject({ name: "BadRequestException" });
    await expect(cloud.apis.send(new GetDomainNameCommand({ DomainName: "no.example.com" }))).rejects.toMatchObject({
      name: "NotFoundException",
      message: "Invalid domain name identifier specified",
    });
    const map = (more: object) =>
      cloud.apis.send(new CreateApiMappingCommand({ DomainName, ApiId: "nothing123", Stage: "x", ...more }));
    await expect(map({})).rejects.toMatchObject({ name: "BadRequestException" });
    const slashes = "API mapping key should not start with a '/' or have consecutive '/'s.";
    await expect(map({ ApiMappingKey: "/v1" })).rejects.toThrow(slashes);
    await expect(map({ ApiMappingKey: "v1//a" })).rejects.toThrow(slashes);
    await expect(map({ ApiMappingKey: "v1/" })).rejects.toThrow("API mapping key should not end with a '/'.");
    await expect(map({ ApiMappingKey: "a b" })).rejects.toThrow("An ApiMapping key may contain only letters");
  });

  test("the longest mapping wins, and is not part of the route's path", async () => {
    await domain();
    const ApiId = await cloud.api(["GET /items", "ANY /{proxy+}"]);
    await cloud.apis.send(new CreateStageCommand({ ApiId, StageName: "beta", AutoDeploy: true }));
    const map = (ApiMappingKey: string, Stage: string) =>
      cloud.apis.send(new CreateApiMappingCommand({ DomainName, ApiId, Stage, ApiMappingKey }));
    const forbidden = await cloud.request(ApiId, "/items", { host });
    expect([forbidden.status, forbidden.text]).toEqual([403, '{"message":"Forbidden"}']);
    await map("shop", "$default");
    const beta = await map("shop/next", "beta");
    const asked = async (path: string) => {
      const { rawPath, requestContext, routeKey } = (await cloud.request(ApiId, path, { host })).json();
      return [routeKey, rawPath, requestContext.stage, requestContext.domainName];
    };
    expect(await asked("/shop/items")).toEqual(["GET /items", "/items", "$default", "api.example.com.localhost"]);
    expect(await asked("/shop/next/items")).toEqual(["GET /items", "/items", "beta", "api.example.com.localhost"]);
    expect((await cloud.request(ApiId, "/shopping", { host })).status).toBe(403);
    await expect(map("shop", "beta")).rejects.toMatchObject({ name: "ConflictException" });
    const { ApiMappingId } = beta;
    const moved = { DomainName, ApiMappingId, ApiId, Stage: "beta", ApiMappingKey: "" };
    await cloud.apis.send(new UpdateApiMappingCommand(moved));
    expect(await asked("/items")).toEqual(["GET /items", "/items", "beta", "api.example.com.localhost"]);
    const { Items = [] } = await cloud.apis.send(new GetApiMappingsCommand({ DomainName }));
    expect(Items).toHaveLength(2);
    await cloud.apis.send(new DeleteDomainNameCommand({ DomainName }));
    expect((await cloud.request(ApiId, "/items", { host })).status).not.toBe(200);
  });

  test("a wildcard takes every name below it", async () => {
    await domain("*.example.com");
    const ApiId = await cloud.api(["GET /items"]);
    await cloud.apis.send(new CreateApiMappingCommand({ DomainName: "*.example.com", ApiId, Stage: "$default" }));
    expect((await cloud.request(ApiId, "/items", { host })).status).toBe(200);
  });
});
