import { describe, expect, test } from "vitest";
import { problemsOf, transformResourcesText } from "../testTransform.ts";

describe("AWS::Serverless::StateMachine", () => {
  test("writes its definition as text, functions in it as substitutions", () => {
    const made = transformResourcesText(`
  M:
    Type: AWS::Serverless::StateMachine
    Properties: { Definition: { StartAt: A, States: { A: { Resource: !GetAtt F.Arn } } } }`);
    const { DefinitionString, DefinitionSubstitutions } = made.M.Properties;
    expect(JSON.parse(DefinitionString["Fn::Join"][1].join("\n"))).toEqual({
      StartAt: "A",
      States: { A: { Resource: "${definition_substitution_1}" } },
    });
    expect(DefinitionSubstitutions).toEqual({ definition_substitution_1: { "Fn::GetAtt": ["F", "Arn"] } });
  });

  test("is started by its events under roles of their own", () => {
    const made = transformResourcesText(`
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: s3://b/k
      AutoPublishAlias: live
      UseAliasAsEventTarget: true
      Events: { S: { Type: Schedule, Properties: { Schedule: rate(1 day) } } }`);
    expect(made.MS.Properties.Targets[0]).toEqual({
      Arn: { Ref: "MAliaslive" },
      Id: "MSStepFunctionsTarget",
      RoleArn: { "Fn::GetAtt": ["MSRole", "Arn"] },
    });
  });

  test("refuses a role beside policies", () => {
    const properties = "{ DefinitionUri: s3://b/k, Role: r, Policies: [p] }";
    expect(problemsOf(`  M: { Type: AWS::Serverless::StateMachine, Properties: ${properties} }`)).toEqual([
      expect.stringContaining("Specify either 'Role' or 'Policies' (but not both at the same time)"),
    ]);
  });
});

describe("AWS::Serverless::Connector", () => {
  const RESOURCES = `
  F: { Type: AWS::Serverless::Function, Properties: { Runtime: a, Handler: b, InlineCode: c } }
  T: { Type: AWS::DynamoDB::Table }`;

  test("grants the function what it does with the table", () => {
    const made = transformResourcesText(`${RESOURCES}
  C:
    Type: AWS::Serverless::Connector
    Properties: { Source: { Id: F }, Destination: { Id: T }, Permissions: [Read] }`);
    expect(made.CPolicy).toMatchObject({
      Type: "AWS::IAM::ManagedPolicy",
      Metadata: {
        "aws:sam:connectors": {
          C: { Source: { Type: "AWS::Serverless::Function" }, Destination: { Type: "AWS::DynamoDB::Table" } },
        },
      },
      Properties: { Roles: [{ Ref: "FRole" }] },
    });
    expect(made.CPolicy.Properties.PolicyDocument.Statement[0].Action).toContain("dynamodb:Query");
  });

  test("depends on nothing where the dependency is empty", () => {
    const made = transformResourcesText(`
  F:
    Type: AWS::Serverless::Function
    Connectors: { C: { DependsOn: false, Properties: { Destination: { Id: T }, Permissions: [Read] } } }
    Properties: { Runtime: a, Handler: b, InlineCode: c }
  T: { Type: AWS::DynamoDB::Table }`);
    expect(made.FCPolicy).not.toHaveProperty("DependsOn");
  });

  test("may be written within its source", () => {
    const made = transformResourcesText(`
  F:
    Type: AWS::Serverless::Function
    Connectors: { ToTable: { Properties: { Destination: { Id: T }, Permissions: [Write] } } }
    Properties: { Runtime: a, Handler: b, InlineCode: c }
  T: { Type: AWS::DynamoDB::Table }`);
    expect(made).toHaveProperty("FToTablePolicy");
    expect(made.F).not.toHaveProperty("Connectors");
  });

  test.each([
    ["Source: { Id: F }, Destination: { Id: X }, Permissions: [Read]", "Unable to find resource with logical ID 'X'."],
    [
      "Source: { Id: T }, Destination: { Id: T }, Permissions: [Read]",
      "Unable to create connector from AWS::DynamoDB::Table",
    ],
    ["Source: { Id: F }, Destination: { Id: T }, Permissions: [Own]", "valid values are: Read, Write."],
  ])("refuses { %s }", (properties, expected) => {
    const connector = `  C: { Type: AWS::Serverless::Connector, Properties: { ${properties} } }`;
    expect(problemsOf(`${RESOURCES}\n${connector}`)).toEqual([expect.stringContaining(expected)]);
  });
});

describe("AWS::Serverless::GraphQLApi", () => {
  test("composes resolvers of functions and their data sources", () => {
    const made = transformResourcesText(`
  G:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      SchemaUri: s3://b/schema
      Logging: false
      Auth: { Type: AWS_IAM }
      DataSources: { DynamoDb: { Facts: { TableName: facts, TableArn: arn } } }
      Functions: { get: { Runtime: { Name: APPSYNC_JS, Version: 1.0.0 }, DataSource: Facts, InlineCode: c } }
      Resolvers: { Query: { facts: { Pipeline: [get] } } }`);
    expect(Object.keys(made).sort()).toEqual([
      "G",
      "GFactsDynamoDBDataSource",
      "GFactsDynamoDBDataSourceRole",
      "GFactsDynamoDBDataSourceToTableConnectorPolicy",
      "GQueryfacts",
      "GSchema",
      "Gget",
    ]);
    expect(made.GQueryfacts.Properties.PipelineConfig).toEqual({
      Functions: [{ "Fn::GetAtt": ["Gget", "FunctionId"] }],
    });
  });

  test("leaves out a configuration that says nothing", () => {
    const auth = "{ Type: AWS_IAM, Additional: [{ Type: OPENID_CONNECT, OpenIDConnect: {} }] }";
    const made = transformResourcesText(
      `  G: { Type: AWS::Serverless::GraphQLApi, Properties: { SchemaUri: s3://b/s, Logging: false, Auth: ${auth} } }`,
    );
    expect(made.G.Properties.AdditionalAuthenticationProviders).toEqual([{ AuthenticationType: "OPENID_CONNECT" }]);
  });

  test("names the property that is wrong", () => {
    expect(problemsOf("  G: { Type: AWS::Serverless::GraphQLApi, Properties: { Auth: { Type: NONE } } }")).toEqual([
      "Resource with id [G] is invalid. Property 'Auth.Type' is invalid.",
    ]);
  });
});

describe("AWS::Serverless::CapacityProvider", () => {
  test("comes with the role that operates it", () => {
    const made = transformResourcesText(`
  P:
    Type: AWS::Serverless::CapacityProvider
    Properties: { VpcConfig: { SubnetIds: [s] }, ScalingConfig: { AverageCPUUtilization: 70 } }`);
    expect(made.P.Properties.PermissionsConfig).toEqual({
      CapacityProviderOperatorRoleArn: { "Fn::GetAtt": ["POperatorRole", "Arn"] },
    });
    expect(made.P.Properties.CapacityProviderScalingConfig.ScalingMode).toBe("Manual");
  });

  test("tells all that is wrong at once", () => {
    const properties = "{ VpcConfig: { SubnetIds: s }, ScalingConfig: { MaxVCpuCount: many, Other: 1 } }";
    expect(problemsOf(`  P: { Type: AWS::Serverless::CapacityProvider, Properties: ${properties} }`)).toEqual([
      "Resource with id [P] is invalid. Property 'VpcConfig.SubnetIds' value must be dictionary or list. " +
        "Property 'ScalingConfig.MaxVCpuCount' value must be dictionary or integer. " +
        "Property 'ScalingConfig.Other' is an invalid property.",
    ]);
  });
});

describe("AWS::Serverless::Application", () => {
  const application = `
  N:
    Type: AWS::Serverless::Application
    Properties: { Location: { ApplicationId: arn:app, SemanticVersion: 1.0.0 } }`;

  test("is a nested stack at the address its location gives", () => {
    const made = transformResourcesText(
      "  N: { Type: AWS::Serverless::Application, Properties: { Location: https://t } }",
    );
    expect(made.N.Properties.TemplateURL).toBe("https://t");
    const found = transformResourcesText(application, { application: (id, version) => `https://${id}/${version}` });
    expect(found.N.Properties.TemplateURL).toBe("https://arn:app/1.0.0");
  });

  test("tells what is wrong with its own properties before what the repository lacks", () => {
    const tagged = application.replace("1.0.0 }", '1.0.0 }, Tags: { "lambda:createdBy": me }');
    expect(problemsOf(tagged)).toEqual([
      "Resource with id [N] is invalid. lambda:createdBy is a reserved Tag key name and cannot be set on your " +
        "resource. Please change the tag key in the input.",
    ]);
  });

  test("is refused where there is no repository, once for one version of one application", () => {
    expect(problemsOf(application + application.replace("N:", "M:"))).toEqual([
      "Resource with id [N] is invalid. Serverless Application Repository is not available in this region.",
    ]);
  });
});

describe("AWS::Serverless::LayerVersion", () => {
  test("is a new resource for new content", () => {
    const layer = (uri: string) =>
      Object.keys(
        transformResourcesText(`  L: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: ${uri} } }`),
      );
    expect(layer("s3://b/a")).toEqual([expect.stringMatching(/^L[0-9a-f]{10}$/)]);
    expect(layer("s3://b/a")).toEqual(layer("s3://b/a"));
    expect(layer("s3://b/b")).not.toEqual(layer("s3://b/a"));
  });

  test("is for architectures that are known, in a list or by a function", () => {
    const layer = (architectures: string) =>
      `  L: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: s3://b/a, CompatibleArchitectures: ${architectures} } }`;
    for (const valid of ["[x86_64, !Ref A]", "!Ref A"]) expect(problemsOf(layer(valid))).toEqual([]);
    for (const wrong of ["[i386]", "{ a: b }"]) {
      expect(problemsOf(layer(wrong))).toEqual([expect.stringContaining("CompatibleArchitectures needs to be a list")]);
    }
  });

  test("is kept or deleted as its retention says", () => {
    const properties = (policy: string) => `{ ContentUri: s3://b/a, RetentionPolicy: ${policy} }`;
    const layer = (policy: string) => `  L: { Type: AWS::Serverless::LayerVersion, Properties: ${properties(policy)} }`;
    expect(Object.values(transformResourcesText(layer("delete")))).toMatchObject([{ DeletionPolicy: "Delete" }]);
    expect(problemsOf(layer("Snapshot"))).toEqual([
      "Resource with id [L] is invalid. 'RetentionPolicy' must be one of the following options: ['Retain', 'Delete'].",
    ]);
  });
});
