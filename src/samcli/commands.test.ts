import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { cloud, file, freshForEachTest, sam } from "./testSam.ts";

freshForEachTest();

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Hello: { Type: AWS::Serverless::Function, Properties: { CodeUri: src, Handler: a.b, Runtime: nodejs20.x } }
Outputs: { Name: { Value: !Ref Hello } }
`;
const write = () => {
  file("template.yaml", TEMPLATE);
  file("src/a.js", "exports.b = async () => 1");
};
const deployed = async () => {
  write();
  await cloud.client(S3Client).send(new CreateBucketCommand({ Bucket: "code" }));
  const place = ["--s3-bucket", "code", "--s3-prefix", "app"];
  expect((await sam("deploy", "--stack-name", "app", "--capabilities", "CAPABILITY_IAM", ...place)).code).toBe(0);
};

describe("sam validate", () => {
  it("says whether a template can be transformed", async () => {
    write();
    expect(await sam("validate")).toMatchObject({ code: 0, out: expect.stringContaining("is a valid SAM Template.") });
    file("template.yaml", TEMPLATE.replace("Handler: a.b, ", ""));
    const invalid = await sam("validate");
    expect(invalid).toMatchObject({ code: 1, out: expect.stringContaining("was invalid SAM Template.") });
    expect(invalid.err).toMatch(/^Error: .*Hello/);
    expect((await sam("validate", "--lint")).err).toMatch(/^Error: --lint cannot be used here: cfn-lint/);
  });
});

describe("sam list", () => {
  it("lists outputs and resources, as a table or as JSON", async () => {
    await deployed();
    const outputs = await sam("list", "stack-outputs", "--stack-name", "app", "--output", "json");
    expect(JSON.parse(outputs.out)).toEqual([
      { OutputKey: "Name", OutputValue: expect.stringMatching(/^app-Hello-/), Description: "-" },
    ]);
    const resources = await sam("list", "resources", "--stack-name", "app");
    expect(resources.out).toMatch(/^HelloRole +app-HelloRole-/m);
    const planned = await sam("list", "resources", "--output", "json");
    expect(JSON.parse(planned.out)).toEqual([{ LogicalResourceId: "Hello", PhysicalResourceId: "-" }]);
    expect((await sam("list", "stack-outputs", "--stack-name", "none")).err).toBe(
      "Error: The input stack none does not exist on Cloudformation in the region us-east-1\n",
    );
  });
});

describe("sam delete", () => {
  it("deletes the stack and what was sent for it", async () => {
    await deployed();
    expect((await sam("delete", "--stack-name", "app")).err).toContain("use --no-prompts.");
    const { code, out } = await sam("delete", "--stack-name", "app", "--no-prompts");
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/\nDeleted successfully\n$/) });
    expect(await cloud.client(S3Client).send(new ListObjectsV2Command({ Bucket: "code" }))).toMatchObject({
      KeyCount: 0,
    });
    expect((await sam("delete", "--stack-name", "app", "--no-prompts")).out).toContain(
      "does not exist on Cloudformation",
    );
  });
});

describe("sam", () => {
  it("says what it is, and what to use for what is not here", async () => {
    expect((await sam("--version")).out).toMatch(/^SAM CLI, version \d+\.\d+\.\d+\n$/);
    expect(JSON.parse((await sam("--info")).out)).toMatchObject({ version: expect.stringMatching(/^\d/) });
    expect((await sam("--help")).out).toContain("  list stack-outputs\n");
    expect((await sam("build", "-h")).out).toContain("  --build-dir, -b\n");
    expect(await sam("local", "invoke", "Hello")).toMatchObject({
      code: 1,
      err: expect.stringContaining("Error: aloft's own sam command has no 'local invoke'."),
    });
    expect(await sam("fly")).toMatchObject({
      code: 2,
      err: expect.stringContaining("Error: No such command 'fly'.\n"),
    });
    expect(await sam("constructor")).toMatchObject({ code: 2 });
  });

  it("refuses in Click's words what it does not understand", async () => {
    write();
    const errorOf = async (...args: readonly string[]) => (await sam("build", ...args)).err.split("\n").at(-2);
    expect(await errorOf("--x")).toBe("Error: No such option: --x");
    expect(await errorOf("-z")).toBe("Error: No such option: -z");
    expect(await errorOf("--parallel=1")).toBe("Error: Option '--parallel' does not take a value.");
    expect(await errorOf("--build-dir")).toBe("Error: Option '--build-dir' requires an argument.");
    expect(await errorOf("A", "B")).toBe("Error: Got unexpected extra argument (B)");
    expect(await errorOf("--save-params")).toMatch(/^Error: --save-params cannot be used here/);
    expect(await sam("build", "--x")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^Usage: sam build \[OPTIONS\]\n/),
    });
  });
});
