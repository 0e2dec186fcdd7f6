import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { unpackZip } from "../../engines/build/zip/unpack.ts";
import { aws, cloud, directory, file, freshForEachTest, objects } from "../testAws.ts";

freshForEachTest();

describe("aws cloudformation package", () => {
  const template = `# The application
Transform: AWS::Serverless-2016-10-31
Resources:
  GetData:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/get
      Role: !Sub arn:\${AWS::Partition}:x # kept
  Inline:
    Type: AWS::Serverless::Function
    Properties: { InlineCode: x }
  InS3:
    Type: AWS::Lambda::Function
    Properties: { Code: { S3Bucket: b, S3Key: k } }
  OneFile:
    Type: AWS::Lambda::Function
    Properties: { Code: src/get/index.js }
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      DefinitionUri: !Ref Somewhere
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: nested.yml }
`;

  it("uploads what is local and writes the rest as it was", async () => {
    file("app.yml", template);
    file("src/get/index.js", "exports.handler = 1");
    file("nested.yml", "Resources: {}\n");
    const packaged = [
      "cloudformation",
      "package",
      "--template-file",
      "app.yml",
      "--s3-bucket",
      "b",
      "--s3-prefix",
      "p",
      "--output-template",
      "out.yml",
    ];
    const first = await aws(...packaged);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain("Successfully packaged artifacts and wrote output template to file out.yml.");
    const written = readFileSync(join(directory, "out.yml"), "utf8");
    expect(written).toContain("# The application");
    expect(written).toContain("Role: !Sub arn:${AWS::Partition}:x # kept");
    const { Resources } = parse(written, { logLevel: "silent" });
    expect(Resources.GetData.Properties.CodeUri).toMatch(/^s3:\/\/b\/p\/[0-9a-f]{32}$/);
    expect(Resources.OneFile.Properties.Code).toEqual({
      S3Bucket: "b",
      S3Key: expect.stringMatching(/^p\/[0-9a-f]{32}$/),
    });
    expect(Resources.InS3.Properties.Code).toEqual({ S3Bucket: "b", S3Key: "k" });
    expect(Resources.Inline.Properties).toEqual({ InlineCode: "x" });
    expect(Resources.Nested.Properties.TemplateURL).toMatch(
      /^https:\/\/s3.us-east-1.amazonaws.com\/b\/p\/[0-9a-f]{32}.template$/,
    );
    const archive = objects.get(Resources.GetData.Properties.CodeUri.slice("s3://".length));
    mkdirSync(join(directory, "zip"));
    await unpackZip(archive ?? Buffer.alloc(0), join(directory, "zip"));
    expect(readFileSync(join(directory, "zip/index.js"), "utf8")).toBe("exports.handler = 1");
    const again = await aws(...packaged, "--use-json");
    expect(again.err).toContain("File with same data already exists at p/");
    expect(JSON.parse(readFileSync(join(directory, "out.yml"), "utf8")).Resources.GetData.Properties.Role).toEqual({
      "Fn::Sub": "arn:${AWS::Partition}:x",
    });
  });

  it("leaves JSON templates JSON", async () => {
    file("src/index.js", "x");
    file("app.json", '{"Resources":{"Fn":{"Type":"AWS::Serverless::Function","Properties":{"CodeUri":"src"}}}}');
    const { code, out } = await aws("cloudformation", "package", "--template-file", "app.json", "--s3-bucket", "b");
    expect(code).toBe(0);
    expect(JSON.parse(out).Resources.Fn.Properties.CodeUri).toMatch(/^s3:\/\/b\//);
  });

  it("names what is not there", async () => {
    file("app.yml", template);
    const { code, err } = await aws("cloudformation", "package", "--template-file", "app.yml", "--s3-bucket", "b");
    expect(code).toBe(255);
    expect(err).toContain("Unable to upload artifact src/get referenced by CodeUri parameter of GetData resource.");
  });
});

describe("aws cloudformation deploy", () => {
  const template = (value: string) =>
    `Parameters:\n  Value: { Type: String }\n  Other: { Type: String, Default: o }\nResources:\n  Secret:\n    Type: AWS::SecretsManager::Secret\n    Properties: { Name: app, SecretString: !Sub "\${Value} ${value}" }\nOutputs:\n  Arn: { Value: !Ref Secret }\n`;
  const deploy = ["cloudformation", "deploy", "--template-file", "app.yml", "--stack-name", "app"];
  const secret = async () =>
    (await aws("secretsmanager", "get-secret-value", "--secret-id", "app")).json().SecretString;

  it("creates, updates with the parameters kept, and says when there is nothing to do", async () => {
    file("app.yml", template("one"));
    const created = await aws(...deploy, "--parameter-overrides", "Value=v", "--tags", "a=b");
    expect(created).toMatchObject({ code: 0, err: "" });
    expect(created.out).toBe(
      "\nWaiting for changeset to be created..\nWaiting for stack create/update to complete\nSuccessfully created/updated stack - app\n",
    );
    expect(await secret()).toBe("v one");
    file("app.yml", template("two"));
    cloud.clock.advance(2_000);
    expect((await aws(...deploy)).code).toBe(0);
    expect(await secret()).toBe("v two");
    cloud.clock.advance(2_000);
    expect((await aws(...deploy)).out).toContain("No changes to deploy. Stack app is up to date");
    cloud.clock.advance(1);
    expect((await aws(...deploy, "--fail-on-empty-changeset")).code).toBe(255);
  });

  it("fails when the stack does", async () => {
    await aws("secretsmanager", "create-secret", "--name", "app");
    file("app.yml", template("one"));
    const failed = await aws(...deploy, "--parameter-overrides", '{"Parameters":{"Value":"v"}}');
    expect(failed.code).toBe(255);
    expect(failed.err).toContain("Failed to create/update the stack.");
    expect(
      (await aws("cloudformation", "describe-stacks", "--query", "Stacks[].StackStatus", "--output", "text")).out,
    ).toBe("ROLLBACK_COMPLETE\n");
  });

  it("says which name is taken", async () => {
    await aws("ssm", "put-parameter", "--name", "taken", "--value", "v", "--type", "String");
    file("app.yml", "Resources: {P: {Type: AWS::SSM::Parameter, Properties: {Name: taken, Type: String, Value: v}}}");
    const { code, err } = await aws(...deploy);
    expect(code).toBe(255);
    expect(err).toContain(
      "P (AWS::SSM::Parameter): Resource of type 'AWS::SSM::Parameter' with identifier 'taken' already exists.",
    );
  });

  it("waits for stacks", async () => {
    file("app.yml", template("one"));
    const parameters = ["--parameters", "ParameterKey=Value,ParameterValue=v"];
    expect(
      (
        await aws(
          "cloudformation",
          "create-stack",
          "--stack-name",
          "app",
          "--template-body",
          "file://app.yml",
          ...parameters,
        )
      ).code,
    ).toBe(0);
    expect(await aws("cloudformation", "wait", "stack-create-complete", "--stack-name", "app")).toMatchObject({
      code: 0,
      out: "",
    });
    const never = await aws("cloudformation", "wait", "stack-create-complete", "--stack-name", "none");
    expect(never).toMatchObject({ code: 255 });
    expect((await aws("cloudformation", "wait", "nonsense")).code).toBe(252);
  });
});
