import { describe, expect, test } from "vitest";
import { InvalidSamTemplate } from "./errors.ts";
import { transformText } from "./testTransform.ts";
import { transformSam } from "./transform.ts";

const FACTS = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: live }
Globals:
  Function:
    Runtime: nodejs22.x
    Handler: index.handler
    Environment: { Variables: { TABLE: facts } }
Resources:
  GetFacts:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://code/get.zip
      AutoPublishAlias: !Ref Stage
      DeploymentPreference: { Type: Canary10Percent5Minutes, Hooks: { PreTraffic: !Ref Check } }
      Policies:
        - DynamoDBReadPolicy: { TableName: facts }
        - AmazonS3ReadOnlyAccess
      Events:
        Get: { Type: Api, Properties: { Path: /facts, Method: get } }
        All: { Type: Api, Properties: { Path: '/facts/{id}', Method: any } }
  Check:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://code/check.zip
  Libs:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: s3://code/libs.zip, CompatibleRuntimes: [nodejs22.x] }
Outputs:
  Alias: { Value: !Ref GetFacts.Alias }
  Layer: { Value: !Ref Libs }
  Stage: { Value: !Sub '\${ServerlessRestApi.Stage}' }
`;

describe("a whole template", () => {
  const template = transformText(FACTS);

  test("becomes the resources AWS makes, under the ids AWS gives", () => {
    expect(Object.keys(Object(template["Resources"])).sort()).toEqual([
      "Check",
      "CheckRole",
      "CodeDeployServiceRole",
      "GetFacts",
      "GetFactsAliaslive",
      "GetFactsAllPermissionProd",
      "GetFactsDeploymentGroup",
      "GetFactsGetPermissionProd",
      "GetFactsRole",
      "GetFactsVersiona8cc3d8ffb",
      "Libs596821b8d5",
      "ServerlessDeploymentApplication",
      "ServerlessRestApi",
      "ServerlessRestApiDeployment974b346382",
      "ServerlessRestApiProdStage",
    ]);
  });

  test("refers to what was made of its resources", () => {
    expect(template["Outputs"]).toEqual({
      Alias: { Value: { Ref: "GetFactsAliaslive" } },
      Layer: { Value: { Ref: "Libs596821b8d5" } },
      Stage: { Value: { "Fn::Sub": "${ServerlessRestApiProdStage}" } },
    });
  });

  test("holds no trace of SAM", () => {
    expect(template).not.toHaveProperty("Transform");
    expect(template).not.toHaveProperty("Globals");
  });

  test("gives the function's role what its policies name", () => {
    expect(template).toMatchObject({
      Resources: {
        GetFactsRole: {
          Properties: {
            ManagedPolicyArns: [
              "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
              "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
            ],
            Policies: [{ PolicyName: "GetFactsRolePolicy0" }],
          },
        },
        GetFactsAliaslive: {
          UpdatePolicy: { CodeDeployLambdaAliasUpdate: { BeforeAllowTrafficHook: { Ref: "Check" } } },
        },
      },
    });
  });

  test("changes its deployment with its document and only then", () => {
    const deployment = (text: string) =>
      Object.keys(Object(transformText(text)["Resources"])).find((id) => id.includes("Deployment9")) ?? "another";
    expect(deployment(FACTS)).toBe(deployment(FACTS));
    expect(deployment(FACTS.replace("/facts/{id}", "/facts/{name}"))).toBe("another");
  });

  test("is of the partition it is for", () => {
    expect(JSON.stringify(transformText(FACTS, { region: "cn-north-1" }))).toContain("arn:aws-cn:iam::aws:policy/");
    expect(transformText(FACTS, { region: "us-gov-west-1" })).toMatchObject({
      Resources: { ServerlessRestApi: { Properties: { EndpointConfiguration: { Types: ["REGIONAL"] } } } },
    });
  });
});

describe("findings", () => {
  const report = (text: string): string => {
    try {
      transformText(text);
    } catch (error) {
      if (error instanceof InvalidSamTemplate) return error.message;
      throw error;
    }
    return "valid";
  };

  const BODY_OF = (body: string) =>
    `Resources: { A: { Type: AWS::Serverless::Api, Properties: { StageName: s, DefinitionBody: ${body}`;

  test("are collected and sorted by resource", () => {
    const text = `
Resources:
  B: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs22.x, Handler: a.b } }
  A: { Type: AWS::Serverless::SimpleTable, Properties: { PrimaryKey: { Name: id, Type: Text } } }`;
    expect(report(text)).toBe(
      "Invalid Serverless Application Specification document. Number of errors found: 2. " +
        `Resource with id [A] is invalid. Invalid 'Type' "Text". ` +
        "Resource with id [B] is invalid. Only one of 'InlineCode' or 'CodeUri' can be set.",
    );
  });

  test.each([
    ["{}", "Structure of the SAM template is invalid. 'Resources' section is required"],
    ["Resources: { A: text }", "All 'Resources' must be Objects."],
    ["Resources: { A: { Type: AWS::Serverless::Api, Properties: 1 } }", "Attribute 'Properties' should be a map."],
    [
      "Globals: { constructor: { A: 1 } }\nResources: { A: { Type: X } }",
      "'Globals' section is invalid. 'constructor' is not supported.",
    ],
    [
      "Globals: { Topic: {} }\nResources: { A: { Type: X } }",
      "'Globals' section is invalid. 'Topic' is not supported.",
    ],
    [
      "Resources: { A: { Type: AWS::Serverless::Api, Properties: { Size: 1 } } }",
      "property Size not defined for resource of type AWS::Serverless::Api",
    ],
    [
      "Parameters: { P: { Default: x } }\nResources: { A: { Type: AWS::Serverless::Api, Properties: { StageName: s, Auth: { Ref: P } } } }",
      "Invalid value for 'Auth' property",
    ],
    [
      "Resources: { W: { Type: AWS::Serverless::WebSocketApi, Properties: { Routes: {}, RouteSelectionExpression: x } } }",
      "WebSocket API must have at least one route.",
    ],
    [
      `${BODY_OF("{ openapi: 3.0.1, paths: {}, servers: { a: b } }")}, DisableExecuteApiEndpoint: true } } }`,
      "Invalid OpenAPI definition of 'servers[0]': It should be a map.",
    ],
  ])("of %j", (text, expected) => {
    expect(report(text)).toContain(expected);
  });
});

test("resources of other types and unknown sections pass unchanged", () => {
  const template = {
    Metadata: { a: 1 },
    Rules: { r: {} },
    Resources: { Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: "b" } } },
  };
  expect(transformSam(template, { region: "us-east-1" })).toEqual(template);
});

test("the source is left as it was", () => {
  const template = { Resources: { T: { Type: "AWS::Serverless::SimpleTable" } } };
  transformSam(template, { region: "us-east-1" });
  expect(template).toEqual({ Resources: { T: { Type: "AWS::Serverless::SimpleTable" } } });
});
