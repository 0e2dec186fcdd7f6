import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { deploymentNeeds } from "./deploymentPolicy.ts";
import { planInit, projectName } from "./init.ts";
import { findTemplate } from "./project.ts";

const FIXTURES = new URL("../../../test/fixtures", import.meta.url).pathname;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "aloft-init-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const init = (more: object = {}) => {
  const { write: writeFiles, ...result } = planInit({ folder, name: "shop", force: false, ...more });
  writeFiles();
  return result;
};
const read = (path: string) => parse(readFileSync(join(folder, path), "utf8"), { logLevel: "silent" });
const commands = (path: string, phase: string): readonly string[] => read(path).phases[phase]?.commands ?? [];
const template = (functions: string) =>
  `Transform: AWS::Serverless-2016-10-31\nResources:\n${functions.replace(/^/gm, "  ")}\n`;

describe("init", () => {
  it("writes a pipeline with tests for a Node project", () => {
    cpSync(join(FIXTURES, "hello-world"), folder, { recursive: true });
    expect(init()).toEqual({
      name: "shop",
      template: "template.yaml",
      functions: [{ name: "HelloWorldFunction", runtime: "nodejs22.x" }],
      tests: ["hello-world: npm test"],
      written: ["pipeline.yml", "buildspec-test.yml", "buildspec-build.yml"],
    });
    const stages = read("pipeline.yml").Resources.Pipeline.Properties.Stages;
    expect(
      stages.map(({ Name, Actions }: { Name: string; Actions: { Name?: string }[] }) => [
        Name,
        Actions.map((action) => action.Name),
      ]),
    ).toEqual([
      ["Source", ["Source"]],
      ["Build", ["Test", "Package"]],
      ["Deploy", ["GenerateChangeSet", undefined, "ExecuteChangeSet"]],
    ]);
    expect(commands("buildspec-test.yml", "build")).toEqual(["(cd hello-world && npm test)"]);
    expect(read("buildspec-build.yml").phases.install["runtime-versions"]).toEqual({ nodejs: 22 });
  });

  it("writes unit tests for a Python project, and installs only what it asks for", () => {
    cpSync(join(FIXTURES, "hello-python"), folder, { recursive: true });
    init();
    expect(commands("buildspec-test.yml", "build")).toEqual([
      "python3 -m unittest discover --start-directory tests/unit --top-level-directory .",
    ]);
    expect(commands("buildspec-build.yml", "pre_build")).toEqual([]);
    write("hello_world/requirements.txt", "requests==2.32.0\n");
    write("tests/requirements.txt", "pytest\n");
    init({ force: true });
    expect(commands("buildspec-build.yml", "pre_build")).toEqual([
      "(cd hello_world && python3 -m pip install --quiet --requirement requirements.txt --target .)",
    ]);
    expect(commands("buildspec-test.yml", "build")).toEqual([
      "python3 -m pip install --quiet --requirement tests/requirements.txt && python3 -m pytest tests/unit",
    ]);
  });

  it("bundles what SAM would bundle, installs by the lock file, and adds a data step", () => {
    write(
      "template.yml",
      template(
        "F:\n  Type: AWS::Serverless::Function\n  Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.ts], External: [sharp] } }\n  Properties: { CodeUri: ./src/, Handler: app.handler, Runtime: nodejs20.x }",
      ),
    );
    write("src/package.json", '{ "devDependencies": { "esbuild": "1" } }');
    write("src/package-lock.json", "{}");
    write(
      "package.json",
      '{ "scripts": { "seed": "node seed.js", "test": "echo \\"Error: no test specified\\" && exit 1" } }',
    );
    expect(init()).toMatchObject({ tests: [], data: "npm run seed" });
    expect(commands("buildspec-build.yml", "pre_build")).toEqual(["(cd src && npm ci --no-audit --no-fund)"]);
    expect(commands("buildspec-build.yml", "build")[0]).toBe(
      "(cd src && npx --yes esbuild app.ts --bundle --platform=node --target=node20 --outdir=. --allow-overwrite --external:sharp)",
    );
    expect(commands("buildspec-data.yml", "build")).toEqual(["npm run seed"]);
    expect(existsSync(join(folder, "buildspec-test.yml"))).toBe(false);
  });

  it("puts the content of layers where their runtimes look for it, as SAM's build does", () => {
    write(
      "template.yml",
      template(
        [
          "Shared:\n  Type: AWS::Serverless::LayerVersion\n  Metadata: { BuildMethod: python3.12 }\n  Properties: { ContentUri: ./shared/ }",
          "Tools:\n  Type: AWS::Serverless::LayerVersion\n  Metadata: { BuildMethod: nodejs22.x }\n  Properties: { ContentUri: tools }",
          "AsItIs:\n  Type: AWS::Serverless::LayerVersion\n  Properties: { ContentUri: whole }",
        ].join("\n"),
      ),
    );
    write("shared/requirements.txt", "requests\n");
    write("tools/package.json", '{ "dependencies": { "ms": "2" } }');
    init();
    expect(commands("buildspec-build.yml", "pre_build")).toEqual([
      "mv shared shared.code && mkdir shared && mv shared.code shared/python",
      "mv tools tools.code && mkdir tools && mv tools.code tools/nodejs",
      "(cd shared/python && python3 -m pip install --quiet --requirement requirements.txt --target .)",
      "(cd tools/nodejs && npm install --omit=dev --no-audit --no-fund)",
    ]);
  });

  it("writes over nothing unless told to", () => {
    cpSync(join(FIXTURES, "hello-world"), folder, { recursive: true });
    write("buildspec-build.yml", "mine");
    expect(() => init()).toThrow("buildspec-build.yml is there already.");
    expect(readdirSync(folder)).not.toContain("pipeline.yml");
    init({ force: true });
    expect(readFileSync(join(folder, "buildspec-build.yml"), "utf8")).toContain("aws cloudformation package");
  });

  it.each([
    ["nothing", {}, "There is no SAM template"],
    ["a template that is not there", { template: "none.yml" }, "none.yml."],
  ])("refuses %s", (_what, more, message) => expect(() => init(more)).toThrow(message));

  it.each([
    ["no Resources", "A: 1", "is no template"],
    ["broken YAML", "a: [", "cannot be read"],
  ])("refuses a template with %s", (_what, text, message) => {
    write("template.yaml", text);
    expect(() => init()).toThrow(message);
  });
});

it("finds the template by SAM's names, or the only one that says it is one", () => {
  write("api.yml", template(""));
  write("pipeline.yml", template(""));
  expect(findTemplate(folder)).toBe("api.yml");
  write("other.yaml", template(""));
  expect(findTemplate(folder)).toBeUndefined();
  write("sam.yaml", template(""));
  expect(findTemplate(folder)).toBe("sam.yaml");
});

it.each([
  ["/x/My Shop_2", "my-shop-2"],
  ["/x/42-things", "things"],
  ["/x/a-very-long-name-of-a-project-indeed", "a-very-long-name-of-a"],
  ["/x/42", "application"],
])("names %s %s", (path, name) => expect(projectName(path)).toBe(name));

it("gives a deployment what its template's services need, and no more", () => {
  const needs = (types: readonly string[], reads: readonly string[] = []) => deploymentNeeds({ types, reads });
  expect(needs(["AWS::Serverless::Function", "AWS::Serverless::Event::Api", "AWS::DynamoDB::Table"])).toEqual({
    actions: ["apigateway:*", "dynamodb:*", "lambda:*", "logs:*"],
    managedPolicies: false,
  });
  expect(needs(["Custom::Thing", "AWS::IAM::Role", "AWS::StepFunctions::StateMachine"]).actions).toEqual(["states:*"]);
  expect(needs(["AWS::SSM::Parameter"], ["secretsmanager", "ssm"]).actions).toEqual([
    "secretsmanager:GetSecretValue",
    "ssm:*",
  ]);
});

it("lets a deployment make the policies that connectors become, and those of its own stack alone", () => {
  write(
    "template.yml",
    template(
      "F:\n  Type: AWS::Serverless::Function\n  Connectors: { C: { Properties: { Destination: { Id: T }, Permissions: [Read] } } }\n  Properties: { InlineCode: x, Handler: index.handler, Runtime: nodejs22.x }\nT:\n  Type: AWS::Serverless::SimpleTable",
    ),
  );
  init();
  const { Statement } = read("pipeline.yml").Resources.CloudFormationRole.Properties.Policies[0].PolicyDocument;
  expect(Statement.at(-1)).toMatchObject({
    Action: expect.arrayContaining(["iam:CreatePolicy", "iam:DeletePolicy"]),
    Resource: expect.stringMatching(/:policy\/\$\{AWS::StackName\}-app-\*$/),
  });
});

it("asks for the parameters that the application's template leaves open, and hands them on", () => {
  write(
    "template.yml",
    `Parameters:\n  Bucket: { Type: String, Description: "Holds \\"files\\": all" }\n  Pipeline: { Type: String, NoEcho: true }\n  Mode: { Type: String, Default: x }\n${template("Files:\n  Type: AWS::S3::Bucket")}`,
  );
  init();
  const { Parameters, Resources } = read("pipeline.yml");
  expect(Parameters).toMatchObject({
    Bucket: { Type: "String", Description: 'Holds "files": all' },
    ApplicationPipeline: { NoEcho: true },
  });
  expect(Parameters).not.toHaveProperty("Mode");
  const [generate] = Resources.Pipeline.Properties.Stages.at(-1).Actions;
  expect(generate.Configuration.ParameterOverrides).toBe(
    `{"Bucket": "\${Bucket}", "Pipeline": "\${ApplicationPipeline}"}`,
  );
});
