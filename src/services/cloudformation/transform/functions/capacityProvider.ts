import { InvalidResource } from "../errors.ts";
import { CAPACITY_PROVIDER_CONFIG } from "../shapes/capacityProvider.ts";
import { ShapeProblems } from "../shapes/shape.ts";
import { Dict, isDict, type Value } from "../values/value.ts";

/** CapacityProviderConfig as AWS::Lambda::Function takes it. */
export const capacityProviderConfig = (logicalId: string, source: Value): Dict => {
  const config = CAPACITY_PROVIDER_CONFIG(source, []);
  if (config instanceof ShapeProblems) {
    const { list } = config;
    const lines = list.map(({ path, message, code }) => `${path.join(" -> ")}\n  ${message} (type=${code})`);
    const head = `${list.length} validation error${list.length === 1 ? "" : "s"} for CapacityProviderConfig`;
    throw new InvalidResource(logicalId, `Invalid CapacityProviderConfig: ${[head, ...lines].join("\n")}`);
  }
  const managed = Dict.plain();
  if (isDict(config)) {
    managed.put("CapacityProviderArn", config.get("Arn"));
    for (const name of ["PerExecutionEnvironmentMaxConcurrency", "ExecutionEnvironmentMemoryGiBPerVCpu"]) {
      if (config.get(name) !== null) managed.put(name, config.get(name));
    }
  }
  return Dict.plain({ LambdaManagedInstancesCapacityProviderConfig: managed });
};
