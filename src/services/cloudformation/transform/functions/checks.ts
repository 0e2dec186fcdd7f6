import type { SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { expectString, resource as resourceSubject } from "../expect.ts";
import { shownNames } from "../values/text.ts";
import { isDict, textOf, truthy, type Value } from "../values/value.ts";

/** What a dead letter queue of each kind lets the function do. */
export const DEAD_LETTER_ACTIONS: Readonly<Record<string, string>> = { SQS: "sqs:SendMessage", SNS: "sns:Publish" };

/** Checks across a function's properties. */
export const checkFunction = (resource: SamResource): void => {
  checkCombinations(resource);
  const queue = resource.properties.get("DeadLetterQueue");
  if (truthy(queue)) checkDeadLetterQueue(resource.logicalId, queue);
  if (truthy(resource.properties.get("TenancyConfig"))) checkTenancy(resource);
};

const checkCombinations = ({ logicalId, properties }: SamResource): void => {
  const has = (name: string): boolean => properties.get(name) !== null;
  const problems: string[] = [];
  for (const other of ["ProvisionedConcurrencyConfig", "VpcConfig"]) {
    if (has("CapacityProviderConfig") && has(other)) {
      problems.push(`Cannot specify 'CapacityProviderConfig' and '${other}' together.`);
    }
  }
  const dependent = [
    ["FunctionScalingConfig", "CapacityProviderConfig"],
    ["VersionDeletionPolicy", "AutoPublishAlias"],
  ] as const;
  for (const [name, needed] of dependent) {
    if (has(name) && !has(needed)) problems.push(`'${name}' requires '${needed}'.`);
  }
  if (problems.length > 0) throw new InvalidResource(logicalId, problems.join("\n"));
};

const checkDeadLetterQueue = (logicalId: string, queue: Value): void => {
  const type = isDict(queue) ? queue.get("Type") : null;
  if (!isDict(queue) || !truthy(type) || !truthy(queue.get("TargetArn"))) {
    throw new InvalidResource(logicalId, "'DeadLetterQueue' requires Type and TargetArn properties to be specified.");
  }
  if (!Object.hasOwn(DEAD_LETTER_ACTIONS, expectString(type, resourceSubject(logicalId), "DeadLetterQueue.Type"))) {
    throw new InvalidResource(
      logicalId,
      `'DeadLetterQueue' requires Type of ${shownNames(Object.keys(DEAD_LETTER_ACTIONS))}`,
    );
  }
};

const checkTenancy = ({ logicalId, properties }: SamResource): void => {
  const unsupported = (what: string) =>
    new InvalidResource(logicalId, `${what} is not supported for functions enabled with tenancy configuration.`);
  if (truthy(properties.get("ProvisionedConcurrencyConfig"))) throw unsupported("Provisioned concurrency");
  if (truthy(properties.get("FunctionUrlConfig"))) throw unsupported("Function URL");
  if (truthy(properties.get("SnapStart"))) throw unsupported("SnapStart");
  const events = properties.get("Events");
  for (const event of isDict(events) ? events.values() : []) {
    const type = isDict(event) ? (textOf(event.get("Type")) ?? "None") : "None";
    if (type === "Api" || type === "HttpApi") continue;
    throw new InvalidResource(
      logicalId,
      `Event source '${type}' is not supported for functions enabled with tenancy configuration. Only Api and HttpApi event sources are supported.`,
    );
  }
};
