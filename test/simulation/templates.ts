import type { Dice } from "./dice.ts";

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

type Make = (dice: Dice) => object;

/** Small resources of five services; what the dice change is sometimes an update and sometimes a replacement. */
const KINDS: readonly [Make, ...Make[]] = [
  (dice) => ({ Type: "AWS::SNS::Topic", Properties: { DisplayName: `topic ${dice.below(3)}` } }),
  (dice) => ({ Type: "AWS::SNS::Topic", Properties: { TopicName: `named-${dice.below(1000)}` } }),
  (dice) => ({ Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: dice.pick([1, 7, 30]) } }),
  (dice) => ({ Type: "AWS::SecretsManager::Secret", Properties: { SecretString: `secret ${dice.below(3)}` } }),
  (dice) => ({
    Type: "AWS::IAM::Role",
    Properties: { AssumeRolePolicyDocument: TRUST, Description: `role ${dice.below(3)}` },
  }),
  (dice) => ({
    Type: "AWS::S3::Bucket",
    Properties: { Tags: [{ Key: "n", Value: String(dice.below(3)) }] },
  }),
];

const MAX_RESOURCES = 6;

/**
 * A template of some of six resources, each of which may wait for an earlier one. `shift` says which resource is of which
 * type: no update may change that.
 */
export const randomTemplate = (dice: Dice, shift: number): string => {
  const resources: Record<string, object> = {};
  for (let n = 0; n < MAX_RESOURCES; n++) {
    if (n > 0 && dice.chance(30)) continue;
    const made = (KINDS[(n + shift) % KINDS.length] ?? KINDS[0])(dice);
    const earlier = Object.keys(resources);
    const after = earlier[dice.below(earlier.length + 1)];
    resources[`R${n}`] = { ...made, ...(after ? { DependsOn: after } : {}) };
  }
  return JSON.stringify({ Resources: resources, Outputs: { First: { Value: { Ref: "R0" } } } });
};
