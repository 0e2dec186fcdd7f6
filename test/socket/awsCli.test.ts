import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { type AwsCli, awsCli, requiresAwsCli, whyNoAwsCli } from "./awsCli.ts";
import { type SocketCloud, socketCloud, temporaryDirectory } from "./clouds.ts";

const LIMIT_MS = 120_000;

it("the AWS CLI is here wherever a machine promises it", () =>
  expect(requiresAwsCli ? whyNoAwsCli : undefined).toBeUndefined());

describe.skipIf(whyNoAwsCli).concurrent(`the AWS CLI, unmodified${whyNoAwsCli ? ` (${whyNoAwsCli})` : ""}`, () => {
  const folder = temporaryDirectory();
  const file = (name: string) => join(folder.path, name);
  let running: SocketCloud;
  let aws: AwsCli;
  beforeAll(async () => {
    running = await socketCloud("disk");
    aws = awsCli(running.cloud, folder.path);
  });
  afterAll(async () => {
    await running[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const trust = (service: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    });
  const createRole = async (name: string, service: string) =>
    (await aws.json("iam", "create-role", "--role-name", name, "--assume-role-policy-document", trust(service))).Role
      .Arn;

  it("sts and iam", { timeout: LIMIT_MS }, async () => {
    const account = running.cloud.accountId;
    expect(await aws.json("sts", "get-caller-identity")).toEqual({
      UserId: account,
      Account: account,
      Arn: `arn:aws:iam::${account}:root`,
    });
    const arn = await createRole("reader", "lambda.amazonaws.com");
    expect(arn).toBe(`arn:aws:iam::${account}:role/reader`);
    const document = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
    });
    const named = ["--role-name", "reader"];
    await aws.text("iam", "put-role-policy", ...named, "--policy-name", "read", "--policy-document", document);
    const { Role } = await aws.json("iam", "get-role", ...named);
    expect(Role).toMatchObject({ RoleName: "reader", Arn: arn, Path: "/", MaxSessionDuration: 3600 });
    expect(Role.RoleId).toMatch(/^AROA[A-Z0-9]{17}$/);
    expect(Role.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ Service: "lambda.amazonaws.com" });
    expect(await aws.json("iam", "list-role-policies", ...named)).toEqual({ PolicyNames: ["read"] });
    const policy = await aws.json("iam", "get-role-policy", ...named, "--policy-name", "read");
    expect(policy).toEqual({ RoleName: "reader", PolicyName: "read", PolicyDocument: JSON.parse(document) });
  });

  it("s3: mb, cp, sync, ls, presign, rm", { timeout: LIMIT_MS }, async () => {
    expect(await aws.text("s3", "mb", "s3://cli-files")).toBe("make_bucket: cli-files");
    await writeFile(file("a.txt"), "alpha");
    expect(await aws.text("s3", "cp", "a.txt", "s3://cli-files/a.txt")).toContain(
      "upload: ./a.txt to s3://cli-files/a.txt",
    );
    await mkdir(file("tree/deep"), { recursive: true });
    await writeFile(file("tree/one.html"), "<p>one</p>");
    await writeFile(file("tree/deep/two words.txt"), "two");
    await aws.text("s3", "sync", "tree", "s3://cli-files/tree");
    expect(await aws.text("s3", "sync", "tree", "s3://cli-files/tree")).toBe("");
    expect(await aws.text("s3", "ls")).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d cli-files$/m);
    const listed = await aws.text("s3", "ls", "s3://cli-files/", "--recursive", "--summarize");
    expect(listed).toMatch(/ +5 a\.txt\n.* 3 tree\/deep\/two words\.txt\n.* 10 tree\/one\.html/);
    expect(listed).toContain("Total Objects: 3");
    expect(await aws.text("s3", "cp", "s3://cli-files/tree/deep/two words.txt", "-")).toBe("two");
    const head = await aws.json("s3api", "head-object", "--bucket", "cli-files", "--key", "tree/one.html");
    expect(head).toMatchObject({ ContentType: "text/html", ContentLength: 10 });
    expect(await aws.text("s3", "rm", "s3://cli-files/tree", "--recursive")).toContain(
      "delete: s3://cli-files/tree/one.html",
    );
    await expect(aws.text("s3", "rb", "s3://cli-files")).rejects.toThrow(/BucketNotEmpty/);
    await expect(aws.text("s3", "ls", "s3://no-such-bucket")).rejects.toThrow(/NoSuchBucket/);
  });

  it("s3: presigned URLs of both signature versions, and large files in parts", { timeout: LIMIT_MS }, async () => {
    await aws.text("s3", "mb", "s3://cli-signed");
    await writeFile(file("b.txt"), "beta");
    await aws.text("s3", "cp", "b.txt", "s3://cli-signed/sub/b+ c.txt");
    const version4 = { ...aws.environment, AWS_CONFIG_FILE: file("config") };
    await writeFile(file("config"), "[default]\ns3 =\n  signature_version = s3v4\n");
    for (const environment of [aws.environment, version4]) {
      const cli: AwsCli = awsCli(running.cloud, folder.path);
      Object.assign(cli.environment, environment);
      const url = await cli.text("s3", "presign", "s3://cli-signed/sub/b+ c.txt", "--expires-in", "60");
      const answer = await fetch(url);
      expect([answer.status, await answer.text()]).toEqual([200, "beta"]);
      const changed = await fetch(url.replace("sub/", "other/"));
      expect([changed.status, await changed.text()]).toEqual([403, expect.stringContaining("SignatureDoesNotMatch")]);
    }
    await writeFile(file("large.bin"), Buffer.alloc(20 * 1024 * 1024, "0123456789abcdef"));
    await aws.text("s3", "cp", "large.bin", "s3://cli-signed/large.bin");
    await aws.text("s3", "cp", "s3://cli-signed/large.bin", "large.back");
    expect((await readFile(file("large.bin"))).equals(await readFile(file("large.back")))).toBe(true);
    const head = await aws.json("s3api", "head-object", "--bucket", "cli-signed", "--key", "large.bin");
    expect(head.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
  });

  it("secretsmanager", { timeout: LIMIT_MS }, async () => {
    const name = "github/personal-access-token";
    const made = await aws.json("secretsmanager", "create-secret", "--name", name, "--secret-string", "ghp_token");
    expect(made).toMatchObject({ Name: name, VersionId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(made.ARN).toMatch(/:secret:github\/personal-access-token-[A-Za-z0-9]{6}$/);
    const value = await aws.json("secretsmanager", "get-secret-value", "--secret-id", name);
    expect(value).toMatchObject({ ARN: made.ARN, SecretString: "ghp_token", VersionStages: ["AWSCURRENT"] });
    expect(new Date(value.CreatedDate * 1000 || value.CreatedDate).getTime()).toBeGreaterThan(0);
    await expect(aws.text("secretsmanager", "create-secret", "--name", name, "--secret-string", "x")).rejects.toThrow(
      /ResourceExistsException/,
    );
  });

  it("dynamodb: tables, items and expressions", { timeout: LIMIT_MS }, async () => {
    const table = ["--table-name", "cli"];
    const created = await aws.json(
      ...["dynamodb", "create-table", ...table, "--billing-mode", "PAY_PER_REQUEST"],
      ...["--attribute-definitions", "AttributeName=p,AttributeType=S", "AttributeName=n,AttributeType=N"],
      ...["--key-schema", "AttributeName=p,KeyType=HASH", "AttributeName=n,KeyType=RANGE"],
    );
    expect(created.TableDescription).toMatchObject({ TableName: "cli", KeySchema: [{}, {}] });
    await aws.text("dynamodb", "wait", "table-exists", ...table);
    for (const n of [1, 2, 3]) {
      const item = JSON.stringify({ p: { S: "a" }, n: { N: String(n) }, text: { S: `row ${n}` } });
      await aws.text("dynamodb", "put-item", ...table, "--item", item);
    }
    const key = JSON.stringify({ p: { S: "a" }, n: { N: "2" } });
    const got = await aws.json("dynamodb", "get-item", ...table, "--key", key);
    expect(got.Item).toEqual({ p: { S: "a" }, n: { N: "2" }, text: { S: "row 2" } });
    const updated = await aws.json(
      ...["dynamodb", "update-item", ...table, "--key", key, "--return-values", "ALL_NEW"],
      ...["--update-expression", "SET #t = :t ADD hits :one", "--condition-expression", "attribute_exists(p)"],
      ...["--expression-attribute-names", '{"#t":"text"}'],
      ...["--expression-attribute-values", '{":t":{"S":"changed"},":one":{"N":"1"}}'],
    );
    expect(updated.Attributes).toMatchObject({ text: { S: "changed" }, hits: { N: "1" } });
    const queried = await aws.json(
      ...["dynamodb", "query", ...table, "--key-condition-expression", "p = :p AND n > :n"],
      ...["--expression-attribute-values", '{":p":{"S":"a"},":n":{"N":"1"}}', "--no-scan-index-forward"],
    );
    expect([queried.Count, queried.Items.map((item: { n: { N: string } }) => item.n.N)]).toEqual([2, ["3", "2"]]);
    const scanned = await aws.json("dynamodb", "scan", ...table, "--page-size", "1", "--select", "COUNT");
    expect(scanned.Count).toBe(3);
    await expect(
      aws.text(
        ...["dynamodb", "put-item", ...table, "--item", key, "--condition-expression", "attribute_not_exists(p)"],
      ),
    ).rejects.toThrow(/ConditionalCheckFailedException.*The conditional request failed/);
    expect((await aws.json("dynamodb", "describe-table", ...table)).Table.TableStatus).toBe("ACTIVE");
    expect(await aws.json("dynamodb", "list-tables")).toEqual({ TableNames: ["cli"] });
    await aws.text("dynamodb", "delete-table", ...table);
    await aws.text("dynamodb", "wait", "table-not-exists", ...table);
  });

  const zipOf = async (name: string, code: string): Promise<string> => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(code), name);
    zip.end();
    const chunks: Buffer[] = [];
    for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
    const path = file(`code-${Math.abs(code.length)}.zip`);
    await writeFile(path, Buffer.concat(chunks));
    return `fileb://${path}`;
  };

  it("lambda and logs", { timeout: LIMIT_MS }, async () => {
    const role = await createRole("function", "lambda.amazonaws.com");
    const logging = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }],
    });
    const policy = ["--policy-name", "logs", "--policy-document", logging];
    await aws.text("iam", "put-role-policy", "--role-name", "function", ...policy);
    const code = (word: string) =>
      `exports.handler = async (event) => { console.log("hello from ${word}"); return { word: "${word}", event }; };`;
    const named = ["--function-name", "greet"];
    const made = await aws.json(
      ...["lambda", "create-function", ...named, "--runtime", "nodejs22.x", "--handler", "index.handler"],
      ...["--role", role, "--zip-file", await zipOf("index.js", code("one"))],
    );
    expect(made).toMatchObject({ FunctionName: "greet", Runtime: "nodejs22.x", Version: "$LATEST", Role: role });
    await aws.text("lambda", "wait", "function-active-v2", ...named);
    const invoked = await aws.json("lambda", "invoke", ...named, "--payload", '{"n":1}', file("out.json"));
    expect(invoked).toEqual({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(JSON.parse(await readFile(file("out.json"), "utf8"))).toEqual({ word: "one", event: { n: 1 } });
    expect(await aws.json("lambda", "publish-version", ...named)).toMatchObject({ Version: "1" });
    const zip = await zipOf("index.js", code("second"));
    await aws.text("lambda", "update-function-code", ...named, "--zip-file", zip);
    await aws.text("lambda", "wait", "function-updated-v2", ...named);
    const alias = ["--name", "live", "--function-version", "1"];
    expect(await aws.json("lambda", "create-alias", ...named, ...alias)).toMatchObject({
      Name: "live",
      FunctionVersion: "1",
      AliasArn: expect.stringMatching(/:function:greet:live$/),
    });
    const wordOf = async (...qualifier: readonly string[]) => {
      await aws.text("lambda", "invoke", ...named, ...qualifier, file("out.json"));
      return JSON.parse(await readFile(file("out.json"), "utf8")).word;
    };
    expect([await wordOf("--qualifier", "live"), await wordOf()]).toEqual(["one", "second"]);
    const got = await aws.json("lambda", "get-function", ...named);
    expect(got).toMatchObject({ Configuration: { State: "Active", CodeSize: expect.any(Number) }, Code: {} });
    expect((await fetch(got.Code.Location)).status).toBe(200);
    const { Functions } = await aws.json("lambda", "list-functions");
    expect(Functions.map((each: { FunctionName: string }) => each.FunctionName)).toEqual(["greet"]);

    const group = ["--log-group-name", "/aws/lambda/greet"];
    await running.cloud.tasks.idle();
    const filtered = await aws.json("logs", "filter-log-events", ...group, "--filter-pattern", "hello");
    const messages = filtered.events.map(({ message }: { message: string }) => message);
    expect(messages.some((message: string) => message.includes("hello from one"))).toBe(true);
    const { logStreams } = await aws.json("logs", "describe-log-streams", ...group);
    const stream = ["--log-stream-name", logStreams[0].logStreamName, "--start-from-head"];
    const { events } = await aws.json("logs", "get-log-events", ...group, ...stream);
    expect(events.map(({ message }: { message: string }) => message.split(/[ \t]/)[0])).toEqual(
      expect.arrayContaining(["START", "END", "REPORT"]),
    );
  });

  it("sns", { timeout: LIMIT_MS }, async () => {
    const { TopicArn } = await aws.json("sns", "create-topic", "--name", "builders");
    expect(TopicArn).toMatch(/:builders$/);
    expect(await aws.json("sns", "list-topics")).toEqual({ Topics: [{ TopicArn }] });
    const published = await aws.json("sns", "publish", "--topic-arn", TopicArn, "--message", "it failed");
    expect(published.MessageId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("codebuild", { timeout: LIMIT_MS }, async () => {
    const role = await createRole("build", "codebuild.amazonaws.com");
    const all = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }],
    });
    await aws.text(
      ...["iam", "put-role-policy", "--role-name", "build", "--policy-name", "logs", "--policy-document", all],
    );
    const buildspec = "version: 0.2\nphases: { build: { commands: ['echo built in $AWS_REGION'] } }";
    await aws.text(
      ...["codebuild", "create-project", "--name", "cli", "--service-role", role],
      ...["--artifacts", "type=NO_ARTIFACTS", "--source", JSON.stringify({ type: "NO_SOURCE", buildspec })],
      "--environment",
      "type=LINUX_CONTAINER,computeType=BUILD_GENERAL1_SMALL,image=aws/codebuild/amazonlinux-x86_64-standard:5.0",
    );
    const { projects, projectsNotFound } = await aws.json("codebuild", "batch-get-projects", "--names", "cli", "no");
    expect([projects[0].name, projects[0].serviceRole, projectsNotFound]).toEqual(["cli", role, ["no"]]);
    const { build } = await aws.json("codebuild", "start-build", "--project-name", "cli");
    expect(build).toMatchObject({ projectName: "cli", buildNumber: 1, buildStatus: "IN_PROGRESS" });
    await running.cloud.tasks.idle();
    const { builds } = await aws.json("codebuild", "batch-get-builds", "--ids", build.id);
    expect(builds[0]).toMatchObject({ buildStatus: "SUCCEEDED", buildComplete: true, currentPhase: "COMPLETED" });
    expect(builds[0].phases.map((phase: { phaseType: string }) => phase.phaseType)).toContain("BUILD");
    expect(await aws.json("codebuild", "list-builds-for-project", "--project-name", "cli")).toEqual({
      ids: [build.id],
    });
    const { groupName, streamName } = builds[0].logs;
    const { events } = await aws.json(
      ...["logs", "get-log-events", "--log-group-name", groupName, "--log-stream-name", streamName],
    );
    expect(events.map((event: { message: string }) => event.message).join("")).toContain(
      `built in ${running.cloud.region}`,
    );
    const slow = "version: 0.2\nphases: { build: { commands: ['exec sleep 60'] } }";
    const started = await aws.json(
      ...["codebuild", "start-build", "--project-name", "cli", "--buildspec-override", slow],
    );
    await aws.text("codebuild", "stop-build", "--id", started.build.id);
    await running.cloud.tasks.idle();
    const stopped = await aws.json("codebuild", "batch-get-builds", "--ids", started.build.id);
    expect(stopped.builds[0].buildStatus).toBe("STOPPED");
  });
});
