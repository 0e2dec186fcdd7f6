import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import * as s3 from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type TestClientConfig, type TestCloud, testCloud } from "../../test/harness.ts";
import { unpackZip } from "../engines/build/zip/unpack.ts";
import { AwsError } from "../kernel/errors.ts";
import { defineService } from "../kernel/rooms.ts";
import type { Io } from "./io.ts";
import { runAws } from "./run.ts";

let cloud: TestCloud;
let directory = "";
const objects = new Map<string, Buffer>();
const types = new Map<string, string | undefined>();

/** As much of S3 as `aws s3` calls. */
const s3Fake = async () =>
  defineService<object, "s3">({
    name: "s3",
    model: s3,
    scope: "region",
    open: () => ({}),
    iam: {},
    operations: {
      CreateBucket: () => async () => ({}),
      DeleteBucket: () => async () => ({}),
      PutObject:
        () =>
        async (_ctx, { Bucket, Key, Body, ContentType }) => {
          objects.set(`${Bucket}/${Key}`, Body ? await buffer(Body) : Buffer.alloc(0));
          types.set(`${Bucket}/${Key}`, ContentType);
          return {};
        },
      GetObject:
        () =>
        async (_ctx, { Bucket, Key }) => {
          const object = objects.get(`${Bucket}/${Key}`);
          if (!object) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
          return { Body: Readable.from([object]), LastModified: new Date(1_000_000) };
        },
      HeadObject:
        () =>
        async (_ctx, { Bucket, Key }) => {
          if (!objects.has(`${Bucket}/${Key}`)) throw new AwsError("NotFound", "Not Found", 404);
          return {};
        },
      DeleteObject:
        () =>
        async (_ctx, { Bucket, Key }) => {
          objects.delete(`${Bucket}/${Key}`);
          return {};
        },
      CopyObject:
        () =>
        async (_ctx, { Bucket, Key, CopySource = "" }) => {
          objects.set(`${Bucket}/${Key}`, objects.get(decodeURIComponent(CopySource)) ?? Buffer.alloc(0));
          return { CopyObjectResult: { ETag: "x" } };
        },
      ListObjectsV2:
        () =>
        async (_ctx, { Bucket, Prefix = "", Delimiter }) => {
          const keys = [...objects.keys()].filter((key) => key.startsWith(`${Bucket}/${Prefix}`)).sort();
          const all = keys.map((key) => ({
            Key: key.slice(Bucket.length + 1),
            Size: objects.get(key)?.length,
            LastModified: new Date(Date.now() + 60_000),
          }));
          const folder = (key: string) => (Delimiter ? key.slice(Prefix.length).indexOf(Delimiter) : -1);
          const Contents = all.filter(({ Key }) => folder(Key) < 0);
          const folders = new Set(
            all.filter(({ Key }) => folder(Key) >= 0).map(({ Key }) => Key.slice(0, Prefix.length + folder(Key) + 1)),
          );
          return { Contents, CommonPrefixes: [...folders].map((each) => ({ Prefix: each })) };
        },
    },
  });

beforeEach(async () => {
  cloud = await testCloud({ loaders: { s3: s3Fake } });
  directory = mkdtempSync(join(tmpdir(), "aloft-aws-"));
  objects.clear();
  types.clear();
});
afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

const aws = async (...args: readonly string[]) => {
  let out = "";
  let err = "";
  let config: TestClientConfig | undefined;
  cloud.client(
    class {
      constructor(given: TestClientConfig) {
        config = given;
      }
    },
  );
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: { AWS_REGION: "us-east-1" },
    cwd: directory,
    stdin: async () => Buffer.from("from stdin"),
    now: () => cloud.clock.now(),
    sleep: async () => {},
    ...(config ? { clientConfig: { ...config } } : {}),
  };
  const code = await runAws(args, io);
  return { code, out, err, json: () => JSON.parse(out) };
};

const file = (name: string, text: string) => {
  mkdirSync(join(directory, name, ".."), { recursive: true });
  writeFileSync(join(directory, name), text);
};

describe("any operation", () => {
  it("takes the CLI's options and prints JSON", async () => {
    const created = await aws(
      "secretsmanager",
      "create-secret",
      "--name",
      "a",
      "--secret-string",
      "s",
      "--tags",
      "Key=k,Value=v",
      "Key=l,Value=w",
    );
    expect(created).toMatchObject({ code: 0, err: "" });
    expect(created.out).toMatch(/^\{\n {4}"ARN": "arn:aws:secretsmanager/);
    const value = await aws(
      "secretsmanager",
      "get-secret-value",
      "--secret-id",
      "a",
      "--query",
      "SecretString",
      "--output",
      "text",
    );
    expect(value.out).toBe("s\n");
    const described = await aws("secretsmanager", "describe-secret", "--secret-id=a", "--query", "Tags[].Value");
    expect(described.json()).toEqual(["v", "w"]);
  });

  it("takes files, bytes, JSON and flags", async () => {
    file("secret.json", '{"a":1}');
    file("input.json", '{"Name":"c","SecretString":"from input"}');
    await aws("secretsmanager", "create-secret", "--name", "b", "--secret-string", "file://secret.json");
    expect((await aws("secretsmanager", "get-secret-value", "--secret-id", "b")).json().SecretString).toBe('{"a":1}');
    await aws(
      "secretsmanager",
      "create-secret",
      "--cli-input-json",
      "file://input.json",
      "--tags",
      '[{"Key":"k","Value":"v"}]',
    );
    expect((await aws("secretsmanager", "get-secret-value", "--secret-id", "c")).json().SecretString).toBe(
      "from input",
    );
    await aws("secretsmanager", "create-secret", "--name", "d", "--secret-binary", "fileb://secret.json");
    const binary = (await aws("secretsmanager", "get-secret-value", "--secret-id", "d")).json().SecretBinary;
    expect(Buffer.from(binary, "base64").toString()).toBe('{"a":1}');
    const password = await aws(
      "secretsmanager",
      "get-random-password",
      "--exclude-punctuation",
      "--no-include-space",
      "--password-length",
      "9",
    );
    expect(password.json().RandomPassword).toMatch(/^[A-Za-z0-9]{9}$/);
    const gone = await aws("secretsmanager", "delete-secret", "--secret-id", "b", "--force-delete-without-recovery");
    expect(gone.code).toBe(0);
  });

  it("gathers all pages, or as many items as asked", async () => {
    for (const name of ["a", "b", "c"]) {
      await aws("secretsmanager", "create-secret", "--name", name);
      cloud.clock.advance(1_000);
    }
    const list = ["secretsmanager", "list-secrets", "--query", "[SecretList[].Name, NextToken]"];
    expect((await aws(...list, "--page-size", "1")).json()).toEqual([["c", "b", "a"], null]);
    const [names, token] = (await aws(...list, "--max-items", "2")).json();
    expect(names).toEqual(["c", "b"]);
    expect((await aws(...list, "--starting-token", token)).json()).toEqual([["a"], null]);
    expect((await aws(...list, "--max-results", "1", "--no-paginate")).json()[0]).toEqual(["c"]);
  });

  it("takes maps of attributes from files, as builds load their tables", async () => {
    const table = [
      "--attribute-definitions",
      "AttributeName=id,AttributeType=N",
      "--key-schema",
      "AttributeName=id,KeyType=HASH",
    ];
    await aws("dynamodb", "create-table", "--table-name", "clouds", ...table, "--billing-mode", "PAY_PER_REQUEST");
    expect((await aws("dynamodb", "wait", "table-exists", "--table-name", "clouds")).code).toBe(0);
    file("item.json", '{"id":{"N":"1"},"URL":{"S":"https://aws.amazon.com"}}');
    expect(await aws("dynamodb", "put-item", "--table-name", "clouds", "--item", "file://item.json")).toMatchObject({
      code: 0,
      out: "",
    });
    file("batch.json", '{"clouds":[{"PutRequest":{"Item":{"id":{"N":"2"},"B":{"B":"aGk="}}}}]}');
    const batch = await aws(
      "dynamodb",
      "batch-write-item",
      "--request-items",
      "file://batch.json",
      "--query",
      "length(UnprocessedItems)",
    );
    expect(batch.out).toBe("0\n");
    const scan = (await aws("dynamodb", "scan", "--table-name", "clouds", "--page-size", "1")).json();
    expect(scan).toMatchObject({ Count: 2, ScannedCount: 2 });
    expect(scan.Items).toContainEqual({ id: { N: "2" }, B: { B: "aGk=" } });
    const key = await aws(
      "dynamodb",
      "get-item",
      "--table-name",
      "clouds",
      "--key",
      '{"id":{"N":"1"}}',
      "--query",
      "Item.URL.S",
      "--output",
      "text",
    );
    expect(key.out).toBe("https://aws.amazon.com\n");
  });

  it("puts what streams into files, and takes it from them", async () => {
    file("body.txt", "hello");
    expect((await aws("s3api", "put-object", "--bucket", "b", "--key", "k", "--body", "body.txt")).code).toBe(0);
    const got = await aws("s3api", "get-object", "--bucket", "b", "--key", "k", "out.txt");
    expect(got.json()).toMatchObject({ LastModified: "1970-01-01T00:16:40+00:00" });
    expect(readFileSync(join(directory, "out.txt"), "utf8")).toBe("hello");
    expect((await aws("s3api", "get-object", "--bucket", "b", "--key", "k")).err).toContain("required: outfile");
  });

  it("fails as the CLI does", async () => {
    const missing = await aws("secretsmanager", "get-secret-value", "--secret-id", "none");
    expect(missing).toMatchObject({
      code: 254,
      out: "",
      err: "\nAn error occurred (ResourceNotFoundException) when calling the GetSecretValue operation: Secrets Manager can't find the specified secret.\n",
    });
    const required = await aws("secretsmanager", "get-secret-value");
    expect(required).toMatchObject({ code: 252 });
    expect(required.err).toContain("the following arguments are required: --secret-id");
    expect((await aws("secretsmanager", "get-secret-value", "--nonsense", "x")).err).toContain(
      "Unknown options: --nonsense",
    );
    expect((await aws("secretsmanager", "create-secret", "--name", "x", "--tags", "Key")).code).toBe(252);
    expect((await aws("secretsmanager", "no-such-thing")).err).toContain("has no 'secretsmanager no-such-thing'");
    expect((await aws("nosuchservice", "x")).code).toBe(252);
    expect((await aws("--version")).out).toMatch(/^aws-cli\/2\./);
  });
});

describe("aws s3", () => {
  it("syncs a folder, deletes what is gone, and leaves alone what is the same", async () => {
    file("site/index.html", "<p>");
    file("site/css/a.css", "p{}");
    objects.set("b/old.txt", Buffer.from("old"));
    const first = await aws("s3", "sync", "site", "s3://b", "--delete", "--cache-control", "no-cache");
    expect(first.out.trim().split("\n").sort()).toEqual([
      "delete: s3://b/old.txt",
      "upload: site/css/a.css to s3://b/css/a.css",
      "upload: site/index.html to s3://b/index.html",
    ]);
    expect(types.get("b/index.html")).toBe("text/html");
    expect((await aws("s3", "sync", "site", "s3://b", "--delete")).out).toBe("");
    expect((await aws("s3", "sync", "site", "s3://b/x", "--exclude", "*", "--include", "*.css", "--dryrun")).out).toBe(
      "(dryrun) upload: site/css/a.css to s3://b/x/css/a.css\n",
    );
    await aws("s3", "sync", "s3://b", "down");
    expect(readFileSync(join(directory, "down/css/a.css"), "utf8")).toBe("p{}");
  });

  it("copies, moves, lists and removes", async () => {
    file("a.txt", "a");
    expect((await aws("s3", "cp", "a.txt", "s3://b/")).out).toBe("upload: ./a.txt to s3://b/a.txt\n");
    expect((await aws("s3", "cp", "-", "s3://b/in")).code).toBe(0);
    expect((await aws("s3", "cp", "s3://b/in", "-")).out).toBe("from stdin");
    expect((await aws("s3", "mv", "s3://b/a.txt", "s3://b/d/c.txt")).out).toBe(
      "move: s3://b/a.txt to s3://b/d/c.txt\n",
    );
    expect((await aws("s3", "cp", "s3://b/d", "x", "--recursive")).out).toBe("download: s3://b/d/c.txt to x/c.txt\n");
    expect((await aws("s3", "ls", "s3://b")).out).toMatch(/^ {27}PRE d\/\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {9}10 in\n$/);
    expect((await aws("s3", "ls", "s3://b/nothing")).code).toBe(1);
    expect((await aws("s3", "rm", "s3://b", "--recursive")).out).toBe("delete: s3://b/d/c.txt\ndelete: s3://b/in\n");
    expect((await aws("s3", "mb", "s3://new")).out).toBe("make_bucket: new\n");
    expect((await aws("s3", "rb", "s3://new", "--force")).out).toBe("remove_bucket: new\n");
  });

  it("fails with 1 for what cannot be copied, and with 255 or 252 for what was not understood", async () => {
    const missing = await aws("s3", "cp", "s3://b/none", "x");
    expect(missing.code).toBe(1);
    expect(missing.err).toContain(
      "download failed: s3://b/none to ./x An error occurred (NoSuchKey) when calling the GetObject operation",
    );
    expect((await aws("s3", "cp", "none.txt", "s3://b/")).code).toBe(255);
    expect((await aws("s3", "cp", "a", "b")).code).toBe(252);
    expect((await aws("s3", "website", "s3://b")).err).toContain("has no 's3 website'");
    const { out } = await aws("s3", "presign", "s3://b/a b.txt", "--expires-in", "60");
    expect(out).toMatch(
      /^http:\/\/127\.0\.0\.1:4566\/b\/a%20b\.txt\?.*X-Amz-Expires=60.*&X-Amz-Signature=[0-9a-f]{64}\n$/,
    );
  });
});

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

  it("names what is not there", async () => {
    file("app.yml", template);
    const { code, err } = await aws("cloudformation", "package", "--template-file", "app.yml", "--s3-bucket", "b");
    expect(code).toBe(255);
    expect(err).toContain("Unable to upload artifact get referenced by GetData");
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
