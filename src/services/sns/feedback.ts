/** Whose deliveries a topic may have logged, as its attributes begin. https://docs.aws.amazon.com/sns/latest/dg/topics-attrib.html */
const KINDS = ["Application", "Firehose", "HTTP", "Lambda", "SQS"] as const;

export type FeedbackKind = (typeof KINDS)[number];

export const FEEDBACK_ENDINGS = [
  "SuccessFeedbackRoleArn",
  "SuccessFeedbackSampleRate",
  "FailureFeedbackRoleArn",
] as const;

/** `LambdaSuccessFeedbackRoleArn` and the others. */
export const FEEDBACK_ATTRIBUTES: readonly string[] = KINDS.flatMap((kind) =>
  FEEDBACK_ENDINGS.map((ending) => `${kind}${ending}`),
);

/** By the protocol of a subscription, or as CloudFormation names it. */
const BY_PROTOCOL: ReadonlyMap<string, FeedbackKind> = new Map([
  ["application", "Application"],
  ["firehose", "Firehose"],
  ["http", "HTTP"],
  ["http/s", "HTTP"],
  ["https", "HTTP"],
  ["lambda", "Lambda"],
  ["sqs", "SQS"],
]);

export const feedbackKindOf = (protocol: string): FeedbackKind | undefined => BY_PROTOCOL.get(protocol);

/** Why a value is none for such an attribute, or undefined when it is one or the attribute another. */
export const feedbackFault = (name: string, value: string): string | undefined => {
  if (value === "" || !FEEDBACK_ATTRIBUTES.includes(name)) return undefined;
  const isValid = name.endsWith("SampleRate") ? /^(100|\d{1,2})$/ : /^arn:[^:]+:iam::\d{12}:role\/.+/;
  return isValid.test(value) ? undefined : name;
};
