import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtTemplate, directory, file, freshForEachTest, read, sam } from "../testSam.ts";

freshForEachTest();

const FUNCTION = "Type: AWS::Serverless::Function";
const built = (name: string) => `.aws-sam/build/${name}`;

describe("sam build", () => {
  it("copies code without a package.json, builds what is alike once, and names what it built in the template", async () => {
    file(
      "template.yaml",
      `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs20.x, CodeUri: !Sub "\${Folder}" } }
Parameters: { Folder: { Type: String, Default: nowhere } }
Resources:
  A: # kept
    ${FUNCTION}
    Properties: { Handler: index.a, Role: !GetAtt Role.Arn }
  B: { ${FUNCTION}, Properties: { Handler: index.b } }
  Inline: { ${FUNCTION}, Properties: { CodeUri: !Ref AWS::NoValue, InlineCode: x, Handler: index.c } }
  InS3: { ${FUNCTION}, Properties: { CodeUri: s3://b/k, Handler: index.c } }
  Api: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionUri: api.yaml } }
  Plain:
    Type: AWS::Lambda::Function
    Properties: { Code: src, Handler: index.d, Runtime: nodejs22.x }
  Ready: { ${FUNCTION}, Metadata: { SkipBuild: True }, Properties: { CodeUri: ready, Handler: index.c } }
`,
    );
    file("src/index.js", "exports.a = 1");
    file("src/node_modules/x/index.js", "x");
    const { code, out, err } = await sam("build", "--parameter-overrides", "Folder=src");
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining("functions: A, B\n") });
    expect(out).toContain(
      "\nBuild Succeeded\n\nBuilt Artifacts  : .aws-sam/build\nBuilt Template   : .aws-sam/build/template.yaml\n",
    );
    expect(err.match(/Building codeuri/g)).toHaveLength(2);
    for (const name of ["A", "B", "Plain"]) {
      expect(read(built(`${name}/index.js`))).toBe("exports.a = 1");
      expect(existsSync(join(directory, built(`${name}/node_modules/x/index.js`)))).toBe(true);
    }
    expect(readdirSync(join(directory, built("."))).sort()).toEqual(["A", "B", "Plain", "template.yaml"]);
    expect(read(built("template.yaml"))).toContain("Role: !GetAtt Role.Arn");
    const { Resources } = builtTemplate();
    expect(Resources.A).toMatchObject({ Properties: { CodeUri: "A" }, Metadata: { SamResourceId: "A" } });
    expect(Resources.B.Properties.CodeUri).toBe("B");
    expect(Resources.Plain.Properties.Code).toBe("Plain");
    expect(Resources.InS3).toEqual({
      Type: "AWS::Serverless::Function",
      Properties: { CodeUri: "s3://b/k", Handler: "index.c" },
    });
    expect(Resources.Ready.Properties.CodeUri).toBe("../../ready");
    expect(Resources.Api.Properties.DefinitionUri).toBe("../../api.yaml");
  });

  it("builds nested templates with the parameters they are given", async () => {
    file(
      "template.yaml",
      `Resources:
  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: inner/app.yaml, Parameters: { Folder: code } } }
  Away: { Type: AWS::Serverless::Application, Properties: { Location: https://s3.amazonaws.com/b/t.yaml } }
`,
    );
    file(
      "inner/app.yaml",
      `Transform: AWS::Serverless-2016-10-31
Parameters: { Folder: { Type: String } }
Resources: { Fn: { ${FUNCTION}, Properties: { CodeUri: !Ref Folder, Handler: a.b, Runtime: nodejs20.x } } }
`,
    );
    file("inner/code/a.js", "x");
    const { code, err } = await sam("build");
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining("- Away") });
    expect(read(built("Inner/Fn/a.js"))).toBe("x");
    expect(builtTemplate().Resources.Inner.Properties.TemplateURL).toBe("Inner/template.yaml");
    expect(builtTemplate().Resources.Away.Properties.Location).toBe("https://s3.amazonaws.com/b/t.yaml");
    expect(builtTemplate(built("Inner/template.yaml")).Resources.Fn.Properties.CodeUri).toBe("Fn");
  });

  const ONE = `Transform: AWS::Serverless-2016-10-31
Resources: { Fn: { ${FUNCTION}, Properties: { CodeUri: src, Handler: index.handler, Runtime: nodejs20.x } } }
`;

  it("takes what npm packs, with packages of the code's own folders", async () => {
    file("template.yaml", ONE);
    file(
      "src/package.json",
      '{"name":"fn","version":"1.0.0","files":["index.js"],"dependencies":{"lib":"file:./lib"}}',
    );
    file("src/index.js", "require('lib')");
    file("src/test.js", "left out");
    file("src/lib/package.json", '{"name":"lib","version":"1.0.0"}');
    file("src/lib/index.js", "lib");
    const { code, err } = await sam("build");
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringContaining(" Running NodejsNpmBuilder:NpmInstall"),
    });
    expect(read(built("Fn/index.js"))).toBe("require('lib')");
    expect(existsSync(join(directory, built("Fn/test.js")))).toBe(false);
  });

  it("builds in the source, where packages of neighbouring folders are found", async () => {
    file("template.yaml", ONE);
    file("src/package.json", '{"name":"fn","version":"1.0.0","dependencies":{"shared":"file:../shared"}}');
    file("src/index.js", "x");
    file("shared/package.json", '{"name":"shared","version":"1.0.0"}');
    file("shared/index.js", "shared");
    const warned = await sam("build");
    expect(warned.err).toContain("The package shared (file:../shared) lies outside of the code and is left out");
    const { code, err } = await sam("build", "--build-in-source");
    expect({ code, err }).toMatchObject({ code: 0, err: expect.not.stringContaining("left out") });
    expect(readlinkSync(join(directory, built("Fn/node_modules")))).toBe(join(directory, "src/node_modules"));
    expect(read(built("Fn/node_modules/shared/index.js"))).toBe("shared");
  });

  it("takes from the cache what has not changed", async () => {
    file("template.yaml", ONE);
    file("src/index.js", "one");
    expect((await sam("build", "--cached")).err).toContain("Cache is invalid, running build");
    const again = await sam("build", "-c");
    expect(again.err).toContain("Valid cache found, copying previously built resources for following functions (Fn)");
    expect(read(built("Fn/index.js"))).toBe("one");
    file("src/index.js", "two");
    expect((await sam("build", "-cp")).err).toContain("Cache is invalid");
    expect(read(built("Fn/index.js"))).toBe("two");
    expect(readdirSync(join(directory, ".aws-sam/cache"))).toHaveLength(1);
  });

  it("builds one resource alone, or all but some", async () => {
    const two = ONE.replace(
      "{ Fn:",
      `{ Other: { ${FUNCTION}, Properties: { CodeUri: src, Handler: a.b, Runtime: nodejs20.x } }, Fn:`,
    );
    file("template.yaml", two);
    file("src/index.js", "one");
    expect((await sam("build", "Fn")).code).toBe(0);
    expect(existsSync(join(directory, built("Other")))).toBe(false);
    expect(builtTemplate().Resources.Other.Properties.CodeUri).toBe("../../src");
    expect((await sam("build", "--exclude", "Fn")).code).toBe(0);
    expect(existsSync(join(directory, built("Fn")))).toBe(false);
    expect(await sam("build", "Nobody")).toMatchObject({
      code: 1,
      err: "Nobody not found. Possible options in your template: ['Other', 'Fn']\nError: Unable to find a function or layer with name 'Nobody'\n",
    });
  });

  it("refuses what it does not build, by name", async () => {
    file("template.yaml", ONE.replace("nodejs20.x", "ruby3.3"));
    file("src/index.rb", "x");
    const { code, out, err } = await sam("build");
    expect({ code, out }).toEqual({ code: 1, out: "\nBuild Failed\n" });
    expect(err).toMatch(/^Error: 'ruby3\.3' of Fn is not built by aloft's own sam command/);
    file("template.yaml", ONE.replace("CodeUri: src", "CodeUri: none"));
    expect((await sam("build")).err).toBe(`Error: The code of Fn is not there: ${join(directory, "none")}\n`);
    expect((await sam("build", "--build-dir", ".")).err).toMatch(
      /^Error: Failing build: Running a build with build-dir/,
    );
    expect((await sam("build", "-t", "no.yaml")).err).toBe(
      `Error: Template file not found at ${join(directory, "no.yaml")}\n`,
    );
  });
});
