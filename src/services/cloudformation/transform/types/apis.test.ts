import { describe, expect, test } from "vitest";
import { problemsOf, transformResourcesText } from "../testTransform.ts";

const FUNCTION = (events: string): string => `
  F:
    Type: AWS::Serverless::Function
    Properties: { Runtime: a, Handler: b, InlineCode: c, Events: { ${events} } }`;

describe("AWS::Serverless::Api", () => {
  const api = (
    properties: string,
    events = "E: { Type: Api, Properties: { RestApiId: !Ref A, Path: /x, Method: get } }",
  ) => `${FUNCTION(events)}\n  A: { Type: AWS::Serverless::Api, Properties: { StageName: prod, ${properties} } }`;

  test("answers preflight requests where CORS is on", () => {
    const made = transformResourcesText(api(`Cors: "'https://example.com'"`));
    const options = made.A.Properties.Body.paths["/x"].options;
    expect(options["x-amazon-apigateway-integration"].responses.default.responseParameters).toEqual({
      "method.response.header.Access-Control-Allow-Origin": "'https://example.com'",
      "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
    });
  });

  test("puts the default authorizer on every method", () => {
    const made = transformResourcesText(
      api("Auth: { DefaultAuthorizer: Pool, Authorizers: { Pool: { UserPoolArn: arn:pool } } }"),
    );
    expect(made.A.Properties.Body.paths["/x"].get.security).toEqual([{ Pool: [] }]);
    expect(made.A.Properties.Body.securityDefinitions.Pool).toMatchObject({
      "x-amazon-apigateway-authtype": "cognito_user_pools",
    });
  });

  test("reads networks as a list or as the names of a map", () => {
    const policy = (networks: string) => `Auth: { ResourcePolicy: { SourceVpcWhitelist: ${networks} } }`;
    const made = transformResourcesText(api(policy("{ vpc-1: a, vpce-2: b }")));
    const [, denied] = made.A.Properties.Body["x-amazon-apigateway-policy"].Statement;
    expect(denied.Condition).toEqual({
      StringNotEquals: { "aws:SourceVpc": ["vpc-1"], "aws:SourceVpce": ["vpce-2"] },
    });
    expect(problemsOf(api(policy("[{ Ref: V }]")))).toEqual([
      expect.stringContaining("SourceVpcWhitelist must be a list of strings."),
    ]);
  });

  test("shares a usage plan among the APIs that ask for it", () => {
    const plan = "Auth: { ApiKeyRequired: true, UsagePlan: { CreateUsagePlan: SHARED } }";
    const made = transformResourcesText(
      `${api(plan)}\n  B: { Type: AWS::Serverless::Api, Properties: { StageName: prod, ${plan} } }`,
    );
    expect(made.ServerlessUsagePlan.DependsOn).toEqual(["A", "B"]);
    expect(made.ServerlessUsagePlan.Properties.ApiStages).toHaveLength(2);
  });

  test("hands an object version on as it is given", () => {
    const made = transformResourcesText(
      "  A: { Type: AWS::Serverless::Api, Properties: { StageName: s, DefinitionUri: { Bucket: b, Key: k, Version: } } }",
    );
    expect(made.A.Properties.BodyS3Location).toEqual({ Bucket: "b", Key: "k", Version: null });
  });

  test("is OpenAPI 3 where asked for, and then has no extra stage", () => {
    const made = transformResourcesText(api("OpenApiVersion: 3.0.1"));
    expect(made.A.Properties.Body).toMatchObject({ openapi: "3.0.1" });
    expect(made.A.Properties.Body).not.toHaveProperty("swagger");
    const deployment = Object.keys(made).find((id) => id.startsWith("ADeployment")) ?? "";
    expect(made[deployment].Properties).not.toHaveProperty("StageName");
  });

  test("leaves a document of its own version as it is, whatever version is asked for", () => {
    const document = "{ openapi: 3.0.2, info: { title: t }, paths: {}, securityDefinitions: { k: { type: apiKey } } }";
    const made = transformResourcesText(
      `  A: { Type: AWS::Serverless::Api, Properties: { StageName: s, OpenApiVersion: '2.0', DefinitionBody: ${document} } }`,
    );
    expect(made.A.Properties.Body).toMatchObject({
      openapi: "3.0.2",
      components: { securitySchemes: { k: { type: "apiKey" } } },
    });
    expect(made.A.Properties.Body).not.toHaveProperty("securityDefinitions");
  });

  test.each([
    ["DefinitionUri: s3://b/k, Cors: a", "Cors works only with inline Swagger"],
    ["DefinitionUri: nowhere", "'DefinitionUri' is not a valid S3 Uri"],
    ["Auth: { Other: 1 }", "Invalid value for 'Auth' property"],
    ["Domain: { DomainName: d }", "Property 'Domain.CertificateArn' is required."],
    [
      "Auth: { UsagePlan: { CreateUsagePlan: SOME } }",
      "'CreateUsagePlan' accepts one of ['SHARED', 'PER_API', 'NONE'].",
    ],
  ])("refuses { %s }", (properties, expected) => {
    expect(problemsOf(api(properties, ""))).toEqual([expect.stringContaining(expected)]);
  });

  test("refuses two functions for one method", () => {
    const events =
      "A1: { Type: Api, Properties: { Path: /x, Method: get } }, A2: { Type: Api, Properties: { Path: /x, Method: GET } }";
    expect(problemsOf(FUNCTION(events))).toEqual([
      expect.stringContaining('API method "get" defined multiple times for path "/x".'),
    ]);
  });
});

describe("AWS::Serverless::HttpApi", () => {
  test("an event without a path takes the default route of an API made for it", () => {
    const made = transformResourcesText(FUNCTION("E: { Type: HttpApi }"));
    expect(made.ServerlessHttpApi.Properties.Body.paths["$default"]).toMatchObject({
      "x-amazon-apigateway-any-method": { isDefaultRoute: true },
    });
    expect(made.ServerlessHttpApiApiGatewayDefaultStage.Properties).toMatchObject({
      StageName: "$default",
      AutoDeploy: true,
      Tags: { "httpapi:createdBy": "SAM" },
    });
  });

  test("describes a JWT authorizer in the document", () => {
    const auth = `{ Authorizers: { J: { IdentitySource: s, JwtConfiguration: { Issuer: i, audience: [a] } } } }`;
    const made = transformResourcesText(`
  A: { Type: AWS::Serverless::HttpApi, Properties: { Auth: ${auth}, CorsConfiguration: true } }`);
    expect(made.A.Properties.Body).toMatchObject({
      "x-amazon-apigateway-cors": { allowOrigins: ["*"] },
      components: {
        securitySchemes: {
          J: {
            type: "oauth2",
            "x-amazon-apigateway-authorizer": { jwtConfiguration: { issuer: "i", audience: ["a"] }, type: "jwt" },
          },
        },
      },
    });
  });

  test.each([
    [
      "Auth: { Authorizers: { L: { FunctionArn: a } } }",
      "L Lambda Authorizer must define 'AuthorizerPayloadFormatVersion'.",
    ],
    ["CorsConfiguration: { Origins: a }", "Invalid key 'Origins' for 'Cors' property."],
    ["Domain: { DomainName: d }", "Custom Domains only works if both DomainName and CertificateArn are provided."],
  ])("refuses { %s }", (properties, expected) => {
    expect(problemsOf(`  A: { Type: AWS::Serverless::HttpApi, Properties: { ${properties} } }`)).toEqual([
      expect.stringContaining(expected),
    ]);
  });
});

describe("AWS::Serverless::WebSocketApi", () => {
  const api = (properties: string): string =>
    `  W: { Type: AWS::Serverless::WebSocketApi, Properties: { RouteSelectionExpression: e, ${properties} } }`;

  test("makes route, integration and permission for each route", () => {
    const made = transformResourcesText(api("Routes: { $connect: { FunctionArn: arn }, send: { FunctionArn: arn } }"));
    expect(Object.keys(made).sort()).toEqual([
      "W",
      "WConnectIntegration",
      "WConnectPermission",
      "WConnectRoute",
      "WDefaultStage",
      "WSendIntegration",
      "WSendPermission",
      "WSendRoute",
    ]);
  });

  test.each([
    ["Routes: {}", "WebSocket API must have at least one route."],
    ["Routes: { a-b: { FunctionArn: a } }", "Route key 'a-b' must be alphanumeric."],
    ["Routes: { a: {} }", "Route must have associated function."],
    ["Routes: { a: { FunctionArn: a } }, StageName: $default", "Stages cannot be named $default for WebSocket APIs."],
  ])("refuses { %s }", (properties, expected) => {
    expect(problemsOf(api(properties))).toEqual([expect.stringContaining(expected)]);
  });
});
