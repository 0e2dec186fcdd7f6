import constraints from "./constraints.generated.json" with { type: "json" };
import { invalidValue } from "./errors.ts";

/**
 * Refuses a runtime that AWS does not know, and one it has retired that does not run here either.
 * Differs: retired Node.js and Python runtimes, and `provided`, are taken: a project that still names one runs.
 */
export const checkRuntime = (runtime: string | undefined): void => {
  if (runtime === undefined) return;
  if (RETIRED.has(runtime)) {
    throw invalidValue(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  }
  if (KNOWN.has(runtime)) return;
  throw invalidValue(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${OFFERED.join(", ")}] or be a valid ARN`,
  );
};

const { Runtime, ...createConstraints } = constraints.CreateFunctionRequest;
const { Runtime: _, ...updateConstraints } = constraints.UpdateFunctionConfigurationRequest;
const KNOWN = new Set(Runtime.enum);

/** The model's constraints but that of a function's runtime, which AWS checks itself, in words of its own. */
export const checkedByModel = {
  ...constraints,
  CreateFunctionRequest: createConstraints,
  UpdateFunctionConfigurationRequest: updateConstraints,
};

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, in the order of AWS's own message. */
const OFFERED: readonly string[] = [
  "nodejs20.x",
  "python3.14",
  "provided.al2023",
  "python3.12",
  "python3.13",
  "nodejs24.x",
  "nodejs22.x",
  "java25",
  "python3.10",
  "python3.11",
  "java21",
  "ruby3.3",
  "ruby3.4",
  "ruby3.2",
  "python3.8",
  "python3.9",
  "java17",
  "nodejs16.x",
  "dotnet10",
  "dotnet8",
  "java11",
  "dotnet6",
  "nodejs18.x",
  "provided.al2",
  "java8.al2",
];

const RETIRED = new Set([
  "nodejs",
  "nodejs4.3-edge",
  "python2.7",
  "java8",
  "go1.x",
  "ruby2.5",
  "ruby2.7",
  "dotnetcore1.0",
  "dotnetcore2.0",
  "dotnetcore2.1",
  "dotnetcore3.1",
]);
