import type { AwsModels, InputOf } from "../../kernel/aws.ts";
import {
  bothEc2Tags,
  bothOnPremisesTags,
  invalidAlarms,
  invalidAutoRollback,
  invalidEc2Tag,
  invalidOnPremisesTag,
  invalidStyle,
  invalidTrigger,
  noAutoScalingGroup,
  tooManyAlarms,
  tooManyTriggers,
} from "./errors.ts";
import { MAX_ALARM_NAME_LENGTH, MAX_ALARMS, MAX_TRIGGERS } from "./limits.ts";
import type { Platform } from "./records.ts";

/** What a group's creation and its update both take. */
export type SettingsInput = Omit<
  InputOf<AwsModels["codedeploy"], "CreateDeploymentGroup">,
  "applicationName" | "deploymentGroupName" | "serviceRoleArn"
>;

/** Throws AWS's refusal of settings that a group, or a deployment in its place, cannot have. */
export const checkSettings = ({
  triggerConfigurations,
  alarmConfiguration,
  autoRollbackConfiguration,
}: SettingsInput): void => {
  checkTriggers(triggerConfigurations);
  checkAlarmConfiguration(alarmConfiguration);
  checkAutoRollback(autoRollbackConfiguration);
};

const TOPIC_ARN = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/;

const checkTriggers = (triggers: SettingsInput["triggerConfigurations"] = []): void => {
  if (triggers.length > MAX_TRIGGERS) throw tooManyTriggers(MAX_TRIGGERS);
  const names = triggers.map(({ triggerName }) => triggerName);
  for (const { triggerName, triggerTargetArn = "", triggerEvents = [] } of triggers) {
    if (!triggerName) throw invalidTrigger("The name of a trigger was not specified.");
    if (!TOPIC_ARN.test(triggerTargetArn)) throw invalidTrigger(`Topic ARN ${triggerTargetArn} is not valid`);
    if (triggerEvents.length === 0) throw invalidTrigger(`The trigger ${triggerName} has no events.`);
  }
  if (new Set(names).size < names.length) throw invalidTrigger("Two triggers with the same name have been specified.");
};

const checkAlarmConfiguration = (configuration: SettingsInput["alarmConfiguration"]): void => {
  if (!configuration) return;
  const { enabled = false, alarms = [] } = configuration;
  if (alarms.length > MAX_ALARMS) throw tooManyAlarms(MAX_ALARMS);
  const names = alarms.map(({ name }) => name);
  if (names.some((name) => !name || name.length > MAX_ALARM_NAME_LENGTH))
    throw invalidAlarms(`The name of an alarm must have 1 to ${MAX_ALARM_NAME_LENGTH} characters.`);
  if (new Set(names).size < names.length) throw invalidAlarms("Two alarms with the same name have been specified.");
  if (enabled && names.length === 0)
    throw invalidAlarms("The alarm configuration is enabled, but the alarm list is empty.");
};

const checkAutoRollback = (configuration: SettingsInput["autoRollbackConfiguration"]): void => {
  if (configuration?.enabled !== true || (configuration.events ?? []).length > 0) return;
  throw invalidAutoRollback("Automatic rollback is enabled, but no event types were listed.");
};

/** Throws AWS's refusal of instances that a group cannot choose. */
export const checkServerSettings = (platform: Platform, input: SettingsInput): void => {
  const { ec2TagFilters = [], ec2TagSet, onPremisesInstanceTagFilters = [], onPremisesTagSet } = input;
  if (ec2TagFilters.length > 0 && ec2TagSet) throw bothEc2Tags();
  if (onPremisesInstanceTagFilters.length > 0 && onPremisesTagSet) throw bothOnPremisesTags();
  // This cloud has none, and AWS refuses a group of what is not there.
  const [scaling] = input.autoScalingGroups ?? [];
  if (scaling !== undefined) throw noAutoScalingGroup(scaling);
  if (platform === "Server") return;
  const { deploymentType = "BLUE_GREEN", deploymentOption = "WITH_TRAFFIC_CONTROL" } = input.deploymentStyle ?? {};
  if (deploymentType !== "BLUE_GREEN" || deploymentOption !== "WITH_TRAFFIC_CONTROL")
    throw invalidStyle("Lambda deployments must be BLUE_GREEN and WITH_TRAFFIC_CONTROL.");
  if (ec2TagFilters.length > 0 || ec2TagSet)
    throw invalidEc2Tag("Amazon EC2 tags cannot be specified for the Lambda compute platform.");
  if (onPremisesInstanceTagFilters.length > 0 || onPremisesTagSet)
    throw invalidOnPremisesTag("Tags of on-premises instances cannot be specified for the Lambda compute platform.");
};
