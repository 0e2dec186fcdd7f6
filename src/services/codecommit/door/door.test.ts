import { execFile } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  CodeCommitClient,
  CreateRepositoryCommand,
  GetBranchCommand,
  PutFileCommand,
} from "@aws-sdk/client-codecommit";
import { CodePipelineClient, CreatePipelineCommand } from "@aws-sdk/client-codepipeline";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  CreateAccessKeyCommand,
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
  UpdateServiceSpecificCredentialCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { type Cloud, startCloud } from "../../../index.ts";

const run = promisify(execFile);
const ROOT = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };
const HOST = "git-codecommit.us-east-1.localhost";
const REPOSITORY = "arn:aws:codecommit:us-east-1:000000000000:app";

let cloud: Cloud;
let folder: string;
let client: CodeCommitClient;
let iam: IAMClient;

beforeEach(async () => {
  cloud = await startCloud({ credentials: ROOT, port: 0 });
  folder = mkdtempSync(join(tmpdir(), "aloft-commit-"));
  const config = { region: "us-east-1", endpoint: cloud.endpoint, credentials: ROOT };
  client = new CodeCommitClient(config);
  iam = new IAMClient(config);
  await client.send(new CreateRepositoryCommand({ repositoryName: "app" }));
});
afterEach(async () => {
  client.destroy();
  iam.destroy();
  await cloud[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const git = (...args: string[]) =>
  run("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, GIT_TERMINAL_PROMPT: "0" },
  });

const commit = async (text: string) => {
  writeFileSync(join(folder, "file"), text);
  await git("add", "-A");
  await git("commit", "-q", "-m", text);
  return (await git("rev-parse", "HEAD")).stdout.trim();
};

/** The repository's address, with a login. */
const remote = (user: string, password: string, path = "app") =>
  `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${HOST}:${cloud.port}/v1/repos/${path}`;

/** What `aws codecommit credential-helper` writes as the password. */
const helped = (secret: string, { at = Date.now(), path = "/v1/repos/app" } = {}): string => {
  const time = new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const scope = [time.slice(0, 8), "us-east-1", "codecommit", "aws4_request"];
  const key = scope.reduce<string | Buffer>((at, part) => hmac(at, part), `AWS4${secret}`);
  const canonical = createHash("sha256").update(`GIT\n${path}\n\nhost:${HOST}\n\nhost\n`).digest("hex");
  return `${time}Z${hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope.join("/")}\n${canonical}`).toString("hex")}`;
};

const makeUser = async (Action: string[], Condition?: object) => {
  await iam.send(new CreateUserCommand({ UserName: "ann" }));
  const statement = { Effect: "Allow", Action, Resource: REPOSITORY, ...(Condition ? { Condition } : {}) };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "git", PolicyDocument }));
};

const makeLogin = async () => {
  const { ServiceSpecificCredential: made } = await iam.send(
    new CreateServiceSpecificCredentialCommand({ UserName: "ann", ServiceName: "codecommit.amazonaws.com" }),
  );
  return {
    user: made?.ServiceUserName ?? "",
    password: made?.ServicePassword ?? "",
    id: made?.ServiceSpecificCredentialId,
  };
};

describe("git", () => {
  it("pushes and fetches by the credential helper's signature, and the API and git see each other's work", async () => {
    await git("init", "-q");
    const first = await commit("one");
    const url = remote(ROOT.accessKeyId, helped(ROOT.secretAccessKey));
    await git("push", "-q", url, "main");
    const branch = { repositoryName: "app", branchName: "main" };
    expect((await client.send(new GetBranchCommand(branch))).branch?.commitId).toBe(first);
    const put = { ...branch, filePath: "more", fileContent: Buffer.from("two"), parentCommitId: first };
    await client.send(new PutFileCommand(put));
    await git("pull", "-q", url, "main");
    expect(readFileSync(join(folder, "more"), "utf8")).toBe("two");
  });

  it("is told by a push how a pipeline goes that a rule starts for it", async () => {
    const config = { region: "us-east-1", endpoint: cloud.endpoint, credentials: ROOT };
    const roleArn = await serviceRole(iam, "delivery", ["codepipeline", "events"], "*");
    await new S3Client(config).send(new CreateBucketCommand({ Bucket: "artifacts" }));
    await git("init", "-q");
    await commit("one");
    const url = remote(ROOT.accessKeyId, helped(ROOT.secretAccessKey));
    await git("push", "-q", url, "main");
    const configuration = { RepositoryName: "app", BranchName: "main", PollForSourceChanges: "false" };
    const typed = (category: string, provider: string) => ({ category, owner: "AWS", provider, version: "1" }) as never;
    const source = { name: "Source", actionTypeId: typed("Source", "CodeCommit"), configuration };
    const outputArtifacts = [{ name: "App" }];
    const publish = { name: "Publish", actionTypeId: typed("Deploy", "S3"), inputArtifacts: outputArtifacts };
    const stages = [
      { name: "Source", actions: [{ ...source, outputArtifacts }] },
      { name: "Live", actions: [{ ...publish, configuration: { BucketName: "artifacts", Extract: "true" } }] },
    ];
    const artifactStore = { type: "S3" as const, location: "artifacts" };
    const pipelines = new CodePipelineClient(config);
    await pipelines.send(new CreatePipelineCommand({ pipeline: { name: "app", roleArn, artifactStore, stages } }));
    const events = new EventBridgeClient(config);
    const EventPattern = JSON.stringify({ source: ["aws.codecommit"], detail: { referenceName: ["main"] } });
    await events.send(new PutRuleCommand({ Name: "pushes", EventPattern }));
    const Targets = [{ Id: "1", Arn: "arn:aws:codepipeline:us-east-1:000000000000:app", RoleArn: roleArn }];
    await events.send(new PutTargetsCommand({ Rule: "pushes", Targets }));
    await commit("two");
    const { stderr } = await git("push", url, "main");
    expect(stderr).toMatch(/Pipeline app, execution [-0-9a-f]{36}/);
    expect(stderr).toContain("Source / Source  succeeded");
    expect(stderr).toMatch(/Live \/ Publish {2}succeeded\s+remote: +Succeeded in/);
  });

  it("is let in by a user's name and password for CodeCommit, as far as his policies go", async () => {
    await makeUser(["codecommit:GitPull"]);
    const { user, password, id } = await makeLogin();
    await git("init", "-q");
    await commit("one");
    await git("ls-remote", remote(user, password));
    await expect(git("push", "-q", remote(user, password), "main")).rejects.toThrow("error: 403");
    await iam.send(
      new UpdateServiceSpecificCredentialCommand({
        ...{ UserName: "ann", ServiceSpecificCredentialId: id },
        Status: "Inactive",
      }),
    );
    await expect(git("ls-remote", remote(user, password))).rejects.toThrow("error: 403");
  });

  it("pushes to the branches alone that a policy names", async () => {
    await makeUser(["codecommit:GitPull", "codecommit:GitPush"], {
      StringLikeIfExists: { "codecommit:References": ["refs/heads/team/*"] },
    });
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
    const url = remote(AccessKey?.AccessKeyId ?? "", helped(AccessKey?.SecretAccessKey ?? ""));
    await git("init", "-q");
    const first = await commit("one");
    await expect(git("push", "-q", url, "main")).rejects.toThrow("403");
    await git("push", "-q", url, "main:team/one");
    const branch = { repositoryName: "app", branchName: "team/one" };
    expect((await client.send(new GetBranchCommand(branch))).branch?.commitId).toBe(first);
  });

  it("is refused without a login, with a wrong or an old one, and for what is not there", async () => {
    const { accessKeyId, secretAccessKey } = ROOT;
    await expect(git("ls-remote", `http://${HOST}:${cloud.port}/v1/repos/app`)).rejects.toThrow("could not read");
    await expect(git("ls-remote", remote(accessKeyId, helped("wrong")))).rejects.toThrow("error: 403");
    const old = helped(secretAccessKey, { at: Date.now() - 16 * 60_000 });
    await expect(git("ls-remote", remote(accessKeyId, old))).rejects.toThrow("error: 403");
    const other = helped(secretAccessKey, { path: "/v1/repos/other" });
    await expect(git("ls-remote", remote(accessKeyId, other))).rejects.toThrow("error: 403");
    await expect(git("ls-remote", remote(accessKeyId, other, "other"))).rejects.toThrow("not found");
    await expect(git("ls-remote", remote("ann-at-000000000000", "any"))).rejects.toThrow("error: 403");
  });
});
