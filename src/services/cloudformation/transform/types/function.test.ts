import { describe, expect, test } from "vitest";
import { problemsOf, transformResourcesText, transformText } from "../testTransform.ts";

const withProperties = (...lines: string[]): string => `
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      CodeUri: s3://code/app.zip
${lines.map((line) => `      ${line}`).join("\n")}`;

describe("AWS::Serverless::Function", () => {
  test("makes the function and a role to log with", () => {
    const made = transformResourcesText(withProperties());
    expect(Object.keys(made).sort()).toEqual(["F", "FRole"]);
    expect(made.F.Properties).toEqual({
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { S3Bucket: "code", S3Key: "app.zip" },
      Role: { "Fn::GetAtt": ["FRole", "Arn"] },
      Tags: [{ Key: "lambda:createdBy", Value: "SAM" }],
    });
  });

  test("makes no role where one is given", () => {
    expect(Object.keys(transformResourcesText(withProperties("Role: arn:aws:iam::1:role/r")))).toEqual(["F"]);
  });

  test("publishes a version per code, kept when it is replaced", () => {
    const versionOf = (...lines: string[]) =>
      Object.entries(transformResourcesText(withProperties("AutoPublishAlias: live", ...lines))).find(([id]) =>
        id.startsWith("FVersion"),
      );
    const [id, version] = versionOf() ?? [];
    expect(version).toMatchObject({ Type: "AWS::Lambda::Version", DeletionPolicy: "Retain" });
    expect(versionOf("Timeout: 9")?.[0]).toBe(id);
    expect(versionOf("MemorySize: 512")?.[0]).not.toBe(id);
    expect(versionOf("SnapStart: { ApplyOn: None }")?.[0]).toBe(id);
    expect(versionOf("SnapStart: { ApplyOn: false }")?.[0]).not.toBe(id);
    expect(versionOf("AutoPublishCodeSha256: 0123456789abcdef")?.[0]).toBe("FVersion0123456789");
  });

  test("opens a public URL with both permissions", () => {
    const made = transformResourcesText(withProperties("FunctionUrlConfig: { AuthType: NONE }"));
    expect(made.FUrlPublicPermissions.Properties.Action).toBe("lambda:InvokeFunctionUrl");
    expect(made.FURLInvokeAllowPublicAccess.Properties.InvokedViaFunctionUrl).toBe(true);
    expect(made.FUrl.Properties.AuthType).toBe("NONE");
  });

  test("creates destinations it is not given, and lets the function send to them", () => {
    const made = transformResourcesText(
      withProperties("EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: SQS } } }"),
    );
    const arn = { "Fn::GetAtt": ["FEventInvokeConfigOnFailureQueue", "Arn"] };
    expect(made.FEventInvokeConfig.Properties.DestinationConfig).toEqual({ OnFailure: { Destination: arn } });
    expect(made.FRole.Properties.Policies[0].PolicyDocument.Statement[0]).toMatchObject({
      Action: "sqs:SendMessage",
      Resource: arn,
    });
  });

  test("sends what several functions of Globals send to the destination made for the first", () => {
    const made = transformText(`
Globals: { Function: { Runtime: a, Handler: b, EventInvokeConfig: { DestinationConfig: { OnSuccess: { Type: SQS } } } } }
Resources:
  A: { Type: AWS::Serverless::Function, Properties: { InlineCode: c } }
  B: { Type: AWS::Serverless::Function, Properties: { InlineCode: c } }`);
    const resources = Object(made["Resources"]);
    const shared = { "Fn::GetAtt": ["AEventInvokeConfigOnSuccessQueue", "Arn"] };
    expect(resources.AEventInvokeConfig.Properties.DestinationConfig.OnSuccess.Destination).toEqual(shared);
    expect(resources.BEventInvokeConfig.Properties.DestinationConfig.OnSuccess.Destination).toEqual(shared);
    expect(resources).not.toHaveProperty("BEventInvokeConfigOnSuccessQueue");
  });

  test("hands condition and deletion policy to what it makes, and tags where asked", () => {
    const made = transformResourcesText(`
  F:
    Type: AWS::Serverless::Function
    Condition: Live
    DeletionPolicy: Retain
    Properties:
      { Runtime: a, Handler: b, InlineCode: c, Tags: { team: x }, PropagateTags: true }`);
    expect(made.FRole).toMatchObject({ Condition: "Live", DeletionPolicy: "Retain" });
    expect(made.FRole.Properties.Tags).toEqual([{ Key: "team", Value: "x" }]);
  });

  test("makes the role only where the condition leaves it to the transform", () => {
    const made = transformResourcesText(withProperties("Role: !If [Own, !Ref Role, !Ref AWS::NoValue]"));
    expect(made.FRole.Condition).toBe("NOTOwn");
    expect(made.F.Properties.Role).toEqual({
      "Fn::If": ["Own", { Ref: "Role" }, { "Fn::GetAtt": ["FRole", "Arn"] }],
    });
  });

  test("leaves out a hook that refers to nothing", () => {
    const hooks = "Hooks: { PreTraffic: { Ref: null }, PostTraffic: !Ref Check }";
    const made = transformResourcesText(
      withProperties("AutoPublishAlias: live", `DeploymentPreference: { Type: AllAtOnce, ${hooks} }`),
    );
    const { CodeDeployLambdaAliasUpdate: update } = made.FAliaslive.UpdatePolicy;
    expect(Object.keys(update)).toEqual(["ApplicationName", "DeploymentGroupName", "AfterAllowTrafficHook"]);
  });

  test.each([
    [["PackageType: Jar"], "invalid 'PackageType' : Jar"],
    [["DeadLetterQueue: { Type: SQS }"], "'DeadLetterQueue' requires Type and TargetArn properties to be specified."],
    [
      ["ProvisionedConcurrencyConfig: { A: 1 }"],
      "To set ProvisionedConcurrencyConfig AutoPublishALias must be defined",
    ],
    [["AutoPublishAlias: a.b"], "AutoPublishAlias name ('a.b') must contain only"],
    [["DeploymentPreference: { Type: AllAtOnce }"], "'DeploymentPreference' requires AutoPublishAlias"],
    [["Policies: [1]"], "Type of property 'Policies' is invalid."],
    [["Policies: [{ Unknown: {} }]"], "Policy at index 0 in the 'Policies' property is not valid"],
    [["Tags: { 'lambda:createdBy': me }"], "lambda:createdBy is a reserved Tag key name"],
    [["FunctionUrlConfig: { AuthType: ALL }"], "Please provide either AWS_IAM or NONE."],
    [
      ["VersionDeletionPolicy: Keep"],
      "Property 'VersionDeletionPolicy' should be a one of the strings: 'Delete' or 'Retain'.",
    ],
  ])("refuses %j", (lines, expected) => {
    expect(problemsOf(withProperties(...lines))).toEqual([expect.stringContaining(expected)]);
  });
});

test("a logical id that is taken is a finding", () => {
  const role = "\n  FRole: { Type: AWS::IAM::Role }";
  expect(problemsOf(withProperties() + role)).toEqual([
    expect.stringContaining('attempts to create a new resource with id [FRole] and type "AWS::IAM::Role"'),
  ]);
});
