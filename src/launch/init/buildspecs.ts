import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { moveLayers, type ProjectLayer } from "./layers.ts";
import type { Project, ProjectFunction } from "./project.ts";
import { hasPackages } from "./scripts.ts";

/** A file to write, by its name. */
export type Files = Readonly<Record<string, string>>;

/** One buildspec for each step: the tests if there are any, the package, and the data if there are any. */
export const buildspecsFor = (folder: string, project: Project): Files => ({
  ...(project.tests.length > 0 ? { "buildspec-test.yml": testSpec(folder, project) } : {}),
  "buildspec-build.yml": buildSpec(folder, project),
  ...(project.data === undefined ? {} : { "buildspec-data.yml": dataSpec(folder, project, project.data) }),
});

const spec = (
  comment: string,
  project: Project,
  phases: Record<string, readonly string[]>,
  rest: object = {},
): string => {
  const runtimes = runtimesOf(project);
  const named = Object.entries(phases).filter(([, commands]) => commands.length > 0);
  const body = {
    version: 0.2,
    phases: {
      ...(Object.keys(runtimes).length > 0 ? { install: { "runtime-versions": runtimes } } : {}),
      ...Object.fromEntries(named.map(([phase, commands]) => [phase, { commands }])),
    },
    ...rest,
  };
  return `# ${comment}\n${stringify(body, { lineWidth: 0 })}`;
};

const testSpec = (folder: string, project: Project): string =>
  spec("The tests of one commit: what fails here never becomes a package.", project, {
    pre_build: project.tests.flatMap((test) =>
      test.language === "nodejs" ? installNode(folder, test.folder, ["dependencies", "devDependencies"]) : [],
    ),
    build: project.tests.map((test) => inFolder(test.folder, test.command)),
  });

const buildSpec = (folder: string, project: Project): string => {
  const folders = [...new Map(project.functions.map((each) => [each.folder, each])).values()];
  return spec(
    "Installs what the functions need, and packages the application's template.",
    project,
    {
      pre_build: [
        ...folders.flatMap((each) => installFor(folder, each)),
        ...moveLayers(project.layers),
        ...project.layers.flatMap((layer) => installLayer(folder, layer)),
      ],
      build: [
        ...project.functions.flatMap(bundle),
        `aws cloudformation package --template-file ${project.template} --s3-bucket "$PACKAGE_BUCKET" --s3-prefix packages --output-template-file packaged.yml`,
      ],
    },
    { artifacts: { files: ["packaged.yml"] } },
  );
};

const dataSpec = (folder: string, project: Project, command: string): string =>
  spec(
    "Runs after the deployment. The variable APPLICATION_STACK names the stack, whose outputs say where things are.",
    project,
    {
      pre_build: command.startsWith("npm") ? installNode(folder, ".", ["dependencies", "devDependencies"]) : [],
      build: [command],
    },
  );

const installFor = (folder: string, { folder: code, runtime, bundle: bundled }: ProjectFunction): readonly string[] => {
  if (runtime.startsWith("nodejs"))
    return installNode(folder, code, bundled ? ["dependencies", "devDependencies"] : ["dependencies"]);
  return runtime.startsWith("python") ? installPython(folder, code) : [];
};

/** What a layer's code needs goes beside it, once it has been moved. */
const installLayer = (folder: string, { folder: code, place }: ProjectLayer): readonly string[] => {
  const moved = `${code}/${place}`;
  return place === "python" ? installPython(folder, code, moved) : installNode(folder, code, ["dependencies"], moved);
};

/** Nothing where nothing is asked for. `there` is where the code lies when the command runs. */
const installPython = (folder: string, code: string, there = code): readonly string[] => {
  const requirements = join(folder, code, "requirements.txt");
  const asks = existsSync(requirements) && /^\s*[^#\s]/m.test(readFileSync(requirements, "utf8"));
  return asks ? [inFolder(there, "python3 -m pip install --quiet --requirement requirements.txt --target .")] : [];
};

/** By the lock file where there is one; nothing where nothing is asked for. */
const installNode = (
  folder: string,
  code: string,
  kinds: readonly ("dependencies" | "devDependencies")[],
  there = code,
): readonly string[] => {
  if (!kinds.some((kind) => hasPackages(join(folder, code), kind))) return [];
  const how = existsSync(join(folder, code, "package-lock.json")) ? "ci" : "install";
  const omit = kinds.includes("devDependencies") ? "" : " --omit=dev";
  return [inFolder(there, `npm ${how}${omit} --no-audit --no-fund`)];
};

/** In place: the handler's file appears beside the source that it is made from. */
const bundle = ({ folder, runtime, bundle: wanted }: ProjectFunction): readonly string[] => {
  if (!wanted) return [];
  const node = /^nodejs(\d+)/.exec(runtime)?.[1] ?? "22";
  const external = wanted.external.map((name) => ` --external:${name}`).join("");
  return [
    inFolder(
      folder,
      `npx --yes esbuild ${wanted.entryPoints.join(" ")} --bundle --platform=node --target=node${node} --outdir=. --allow-overwrite${external}`,
    ),
  ];
};

const inFolder = (folder: string, command: string): string =>
  folder === "." ? command : `(cd ${folder} && ${command})`;

const runtimesOf = ({ functions, tests }: Project): Readonly<Record<string, number | string>> => {
  const versions = new Map<string, string>();
  for (const { runtime } of functions) {
    const [, name, version] = /^(nodejs|python|ruby|java)(\d+(?:\.\d+)?)/.exec(runtime) ?? [];
    if (name !== undefined && version !== undefined) versions.set(name, version);
  }
  if (tests.some(({ language }) => language === "nodejs") && !versions.has("nodejs")) versions.set("nodejs", "22");
  // 3.10 is no number: it would be read as 3.1.
  return Object.fromEntries(
    [...versions].map(([name, version]) => [name, version.includes(".") ? version : Number(version)]),
  );
};
