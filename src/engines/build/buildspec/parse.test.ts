import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { BuildFailure } from "../failure.ts";
import { parseBuildspec } from "./parse.ts";

const refusal = (text: string): string => {
  try {
    parseBuildspec(text);
  } catch (error) {
    expect(error).toBeInstanceOf(BuildFailure);
    expect((error as BuildFailure).statusCode).toBe("YAML_FILE_ERROR");
    return (error as BuildFailure).message;
  }
  throw new Error("it was accepted");
};

describe("a buildspec", () => {
  it("of version 0.1 may have the names that 0.2 has changed", () => {
    const old = "environment_variables: { plaintext: { A: b } }\nphases: { build: { commands: [x] } }";
    expect(parseBuildspec(`version: 0.1\n${old}`).variables).toEqual({ A: "b" });
    expect(parseBuildspec(`version: 0.2\n${old}`).variables).toEqual({});
  });

  it("is read whole", () => {
    const spec = parseBuildspec(`
version: 0.2
env:
  shell: bash
  variables:
    ZIP: 010
    QUOTED: "a: b"
  parameter-store: { KEY: /app/key }
  secrets-manager:
    TOKEN: app:token:AWSCURRENT
  exported-variables: [ZIP]
phases:
  install:
    runtime-versions: { nodejs: 20 }
    commands: [npm ci]
  build:
    on-failure: RETRY-2-.*ECONNRESET.*
    commands:
      - |
        cat <<EOF > x
        two lines
        EOF
      - true
    finally:
      - rm x
artifacts:
  files: ['**/*']
  base-directory: dist
  discard-paths: yes
  exclude-paths: ./**/*.map
  secondary-artifacts:
    site:
      files: [index.html]
      name: site-$(date +%Y)
cache:
  paths: ['node_modules/**/*']
reports: { tests: { files: [x.xml] } }
`);
    expect(spec).toMatchObject({
      version: "0.2",
      variables: { ZIP: "010", QUOTED: "a: b" },
      parameterStore: { KEY: "/app/key" },
      secretsManager: { TOKEN: "app:token:AWSCURRENT" },
      exportedVariables: ["ZIP"],
      artifacts: { files: ["**/*"], baseDirectory: "dist", discardPaths: true, excludePaths: ["./**/*.map"] },
      secondaryArtifacts: { site: { files: ["index.html"], name: "site-$(date +%Y)", discardPaths: false } },
      cache: { paths: ["node_modules/**/*"], fallbackKeys: [], restores: true, saves: true },
    });
    expect(spec.phases.install).toEqual({ commands: ["npm ci"], finally: [], runtimeVersions: { nodejs: "20" } });
    expect(spec.phases.build).toEqual({
      commands: ["cat <<EOF > x\ntwo lines\nEOF\n", "true"],
      finally: ["rm x"],
      runtimeVersions: {},
      onFailure: { action: "RETRY", times: 2, pattern: ".*ECONNRESET.*" },
    });
    expect(spec.reports).toEqual({ tests: { files: ["x.xml"], discardPaths: false, fileFormat: "JUNITXML" } });
  });

  it("may use anchors and merge keys, and be JSON", () => {
    const spec = parseBuildspec(`
version: 0.2
x: &common
  commands: [a]
phases:
  build:
    <<: *common
    finally: [b]
  install: *common
`);
    expect(spec.phases.build).toMatchObject({ commands: ["a"], finally: ["b"] });
    expect(spec.phases.install?.commands).toEqual(["a"]);
    expect(parseBuildspec('{"version":"0.2","phases":{"build":{"commands":["x"]}}}').phases.build?.commands).toEqual([
      "x",
    ]);
  });

  it("may have one text where a list is expected", () => {
    const spec = parseBuildspec(
      'version: 0.2\nphases:\n  build:\n    commands: npm test\nartifacts:\n  files: "**/*"\n  exclude-paths: "*.map"\ncache:\n  paths:\n',
    );
    expect(spec.phases.build?.commands).toEqual(["npm test"]);
    expect(spec.artifacts).toMatchObject({ files: ["**/*"], excludePaths: ["*.map"] });
    expect(spec.cache.paths).toEqual([]);
  });

  it("gives back any command as it was written", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (commands) => {
        const text = stringify({ version: 0.2, phases: { build: { commands } } });
        expect(parseBuildspec(text).phases.build?.commands).toEqual(commands);
      }),
    );
  });
});

describe("AWS's refusal of a buildspec", () => {
  it("names the line of a command that YAML takes for a map", () => {
    expect(refusal('version: 0.2\n\nphases:\n  build:\n    commands:\n     - echo "Hello: world"\n')).toBe(
      "Expected Commands[0] to be of string type: found subkeys instead at line 6, value of the key tag on line 5 might be empty",
    );
  });

  it("names a phase that does not exist", () => {
    expect(refusal("version: 0.2\nphases:\n  postbuild:\n    commands: [x]\n")).toBe(
      "Invalid buildspec phase name: POSTBUILD. Expecting: BUILD,INSTALL,POST_BUILD,PRE_BUILD",
    );
  });

  it("names an unknown runtime", () => {
    expect(refusal("version: 0.2\nphases:\n  install:\n    runtime-versions:\n      rust: 1\n")).toBe(
      "Unknown runtime named 'rust'. This build image has the following runtimes: dotnet, golang, java, nodejs, php, python, ruby",
    );
  });

  it("is odd for what is no buildspec", () => {
    expect(refusal("Resources: {}")).toBe("wrong number of container tags, expected 1");
    expect(refusal("")).toBe("wrong number of container tags, expected 1");
  });

  it("is libyaml's for what is no YAML", () => {
    expect(refusal("version: 0.2\nphases: a: b\n")).toBe("mapping values are not allowed in this context at line 2");
    expect(refusal("version: 0.2\nphases: [a\n")).toMatch(/did not find expected ',' or '\]' at line \d/);
    expect(refusal("version: 0.2\nphases:\n\tbuild: x\n")).toMatch(
      /found character that cannot start any token at line 3/,
    );
  });

  it("covers what would change its meaning and is not built", () => {
    expect(refusal("version: 0.2\nrun-as: ubuntu\n")).toBe("aloft has not built run-as yet (line 2)");
    expect(refusal("version: 0.2\nphases: { build: { on-failure: RETRY-500 } }\n")).toContain("RETRY-500");
    expect(refusal("version: 0.2\nenv: { shell: powershell.exe }\n")).toBe("Unsupported shell: powershell.exe");
  });

  it("never is another error, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", ":", " ", "\n", "-", "{", "}", "[", "&", "*", "'", "\t") }),
        (text) => {
          try {
            parseBuildspec(text);
          } catch (error) {
            expect(error).toBeInstanceOf(BuildFailure);
          }
        },
      ),
    );
  });
});
