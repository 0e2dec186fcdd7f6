import { yamlFileError } from "../failure.ts";
import type { Place } from "./reader.ts";
import type { BatchSpec, BatchTask } from "./types.ts";

/** `batch` of a buildspec. https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-buildspec.html */
export const readBatch = (place: Place | undefined): BatchSpec | undefined => {
  if (!place || place.isEmpty) return undefined;
  const entries = place.entries();
  const kinds = KINDS.filter((kind) => entries.has(`build-${kind}`));
  const [kind] = kinds;
  if (!kind || kinds.length > 1)
    throw yamlFileError(`batch must have exactly one of ${KINDS.map((each) => `build-${each}`).join(", ")}`);
  const body = entries.get(`build-${kind}`);
  const tasks = body && READERS[kind](body);
  if (!tasks || tasks.length === 0) throw yamlFileError(`batch/build-${kind} has no builds`);
  checkTasks(tasks);
  return { kind, fastFail: entries.get("fast-fail")?.flag() ?? false, tasks };
};

const KINDS = ["graph", "list", "matrix", "fanout"] as const;

const listOf = (place: Place): readonly BatchTask[] => place.items().map((item, index) => taskOf(item, index));

const taskOf = (place: Place, index: number): BatchTask => {
  const entries = place.entries();
  const identifier = entries.get("identifier")?.text() || `build${index}`;
  return {
    ...settingsOf(entries),
    identifier,
    dependsOn: entries.get("depend-on")?.texts() ?? [],
    ignoreFailure: entries.get("ignore-failure")?.flag() ?? false,
  };
};

type Settings = Omit<BatchTask, "identifier" | "dependsOn" | "ignoreFailure">;

const settingsOf = (entries: ReadonlyMap<string, Place>): Settings => {
  const env = entries.get("env")?.entries() ?? new Map<string, Place>();
  if (env.has("fleet")) throw yamlFileError("aloft has no fleets: remove env/fleet of the batch");
  const buildspec = textOf(entries, "buildspec");
  const computeType = textOf(env, "compute-type");
  const image = textOf(env, "image");
  const environmentType = textOf(env, "type");
  const privileged = env.get("privileged-mode");
  return {
    ...(buildspec === undefined ? {} : { buildspec }),
    ...(computeType === undefined ? {} : { computeType }),
    ...(image === undefined ? {} : { image }),
    ...(environmentType === undefined ? {} : { environmentType }),
    ...(privileged ? { privilegedMode: privileged.flag() } : {}),
    variables: variablesOf(env.get("variables")),
  };
};

const textOf = (entries: ReadonlyMap<string, Place>, name: string): string | undefined => {
  const place = entries.get(name);
  return place && !place.isEmpty ? place.text() : undefined;
};

const variablesOf = (place: Place | undefined): Record<string, string> =>
  Object.fromEntries([...(place?.entries() ?? [])].map(([name, value]) => [name, value.text()]));

/** Every combination of the dynamic part's values, over what the static part says. */
const matrixOf = (place: Place): readonly BatchTask[] => {
  const entries = place.entries();
  const fixed = entries.get("static")?.entries() ?? new Map<string, Place>();
  const dynamic = entries.get("dynamic")?.entries() ?? new Map<string, Place>();
  const env = dynamic.get("env")?.entries() ?? new Map<string, Place>();
  const base = { ...settingsOf(fixed), ignoreFailure: fixed.get("ignore-failure")?.flag() ?? false };
  const axes: Axis[] = [
    axisOf(dynamic.get("buildspec"), (buildspec) => ({ buildspec })),
    axisOf(env.get("compute-type"), (computeType) => ({ computeType })),
    axisOf(env.get("image"), (image) => ({ image })),
    axisOf(env.get("type"), (environmentType) => ({ environmentType })),
    ...[...(env.get("variables")?.entries() ?? [])].map(([name, values]) =>
      axisOf(values, (value) => ({ variables: { [name]: value } })),
    ),
  ];
  return combinations(axes).map((parts, index) => ({
    ...base,
    ...Object.assign({}, ...parts),
    variables: Object.assign({}, base.variables, ...parts.map(({ variables }) => variables)),
    identifier: `build${index}`,
    dependsOn: [],
  }));
};

type Part = Partial<Settings>;
type Axis = readonly Part[];

/** An axis that is not there has one value: nothing. */
const axisOf = (place: Place | undefined, part: (value: string) => Part): Axis => {
  const values = place?.texts() ?? [];
  return values.length > 0 ? values.map(part) : [{}];
};

const combinations = (axes: readonly Axis[]): readonly (readonly Part[])[] => {
  const count = axes.reduce((product, axis) => product * axis.length, 1);
  if (count > MAX_TASKS) throw tooMany(count);
  return axes.reduce<readonly (readonly Part[])[]>(
    (done, axis) => done.flatMap((parts) => axis.map((part) => [...parts, part])),
    [[]],
  );
};

const fanoutOf = (place: Place): readonly BatchTask[] => {
  const entries = place.entries();
  const parallelism = Number(entries.get("parallelism")?.text());
  if (!Number.isInteger(parallelism) || parallelism < 1)
    throw yamlFileError("batch/build-fanout needs a parallelism of at least 1");
  if (parallelism > MAX_TASKS) throw tooMany(parallelism);
  const ignoreFailure = entries.get("ignore-failure")?.flag() ?? false;
  return Array.from({ length: parallelism }, (_, index) => ({
    ...settingsOf(entries),
    identifier: `build${index}`,
    dependsOn: [],
    ignoreFailure,
  }));
};

const READERS = { graph: listOf, list: listOf, matrix: matrixOf, fanout: fanoutOf };

/** https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
const MAX_TASKS = 100;

const tooMany = (count: number) => yamlFileError(`the batch has ${count} builds; at most ${MAX_TASKS} are allowed`);

/** AWS: "The identifier must contain only letters, numbers and underscores"; every dependency is a task, and none depends on itself. */
const checkTasks = (tasks: readonly BatchTask[]): void => {
  if (tasks.length > MAX_TASKS) throw tooMany(tasks.length);
  const byName = new Map(tasks.map((task) => [task.identifier, task]));
  if (byName.size < tasks.length) throw yamlFileError("batch has two builds with the same identifier");
  for (const { identifier, dependsOn } of tasks) {
    if (!/^\w{1,128}$/.test(identifier)) throw yamlFileError(`Invalid batch identifier: ${identifier}`);
    const missing = dependsOn.find((name) => !byName.has(name));
    if (missing) throw yamlFileError(`batch build ${identifier} depends on ${missing}, which is not there`);
  }
  const done = new Set<string>();
  for (let before = -1; done.size > before; ) {
    before = done.size;
    for (const { identifier, dependsOn } of tasks) if (dependsOn.every((name) => done.has(name))) done.add(identifier);
  }
  const stuck = tasks.filter(({ identifier }) => !done.has(identifier)).map(({ identifier }) => identifier);
  if (stuck.length > 0) throw yamlFileError(`batch builds depend on each other in a circle: ${stuck.join(", ")}`);
};
