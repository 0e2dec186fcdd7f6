import { CreateChangeSetCommand, DescribeChangeSetCommand } from "@aws-sdk/client-cloudformation";
import { expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

type Fake = Awaited<ReturnType<typeof queueCloud>>;

/** The changes a change set shows, each with its details in a line. */
const detailsShown = async ({ cfn }: Fake, TemplateBody: string, IncludePropertyValues: boolean, more = {}) => {
  const { Id } = await cfn.send(
    new CreateChangeSetCommand({
      ...{ StackName: "demo", ChangeSetName: `values-${IncludePropertyValues}`, TemplateBody },
      ...more,
    }),
  );
  const { Changes = [] } = await cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id, IncludePropertyValues }));
  return Changes.map(({ ResourceChange: change }) => [
    change?.LogicalResourceId,
    change?.Scope?.join(),
    ...(change?.Details ?? []).map(({ Target, Evaluation, ChangeSource, CausingEntity }) =>
      [Target?.Name, Target?.Path, Evaluation, ChangeSource, CausingEntity].filter(Boolean).join(" "),
    ),
  ]);
};

it("takes what was asked of an updated resource for a change only while nobody looks at values", async () => {
  await using fake = await queueCloud();
  const template = (delay: number) => `Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: a, DelaySeconds: ${delay}}}
  B: {Type: AWS::SQS::Queue, Properties: {QueueName: b, DelaySeconds: !GetAtt A.DelaySeconds}}
  C: {Type: AWS::SQS::Queue, Properties: {QueueName: c, DelaySeconds: !GetAtt B.DelaySeconds}}
`;
  await fake.create("demo", template(1));
  expect(await detailsShown(fake, template(2), false)).toEqual([
    ["A", "Properties", "DelaySeconds Static DirectModification"],
    ["B", "Properties", "DelaySeconds Dynamic ResourceAttribute A.DelaySeconds"],
    ["C", "Properties", "DelaySeconds Dynamic ResourceAttribute B.DelaySeconds"],
  ]);
  expect(await detailsShown(fake, template(2), true)).toEqual([
    ["A", "Properties", "DelaySeconds /Properties/DelaySeconds Static DirectModification"],
  ]);
  await fake.change("demo", template(3));
  expect([...fake.world.queues.values()].map(({ DelaySeconds }) => DelaySeconds)).toEqual([3, 3, 3]);
});

it("tells of a property that follows a new resource as its own modification only with values", async () => {
  await using fake = await queueCloud();
  const template = (name: string) => `Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: ${name}}}
  B: {Type: AWS::SQS::Queue, Properties: {QueueName: b, RedrivePolicy: {deadLetterTargetArn: !GetAtt A.Arn}}}
`;
  await fake.create("demo", template("a"));
  const ofB = async (withValues: boolean) => (await detailsShown(fake, template("a2"), withValues))[1]?.slice(2);
  expect(await ofB(false)).toEqual(["RedrivePolicy Static ResourceAttribute A.Arn"]);
  expect(await ofB(true)).toEqual([
    expect.stringMatching(/^RedrivePolicy .* Dynamic DirectModification$/),
    expect.stringMatching(/^RedrivePolicy .* Static ResourceAttribute A.Arn$/),
  ]);
});

it("counts a property once where its values are not asked for, and tells stack tags from a resource's own", async () => {
  await using fake = await queueCloud();
  const template = (value: string) =>
    `Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: a, Tags: [{Key: k, Value: ${value}}, {Key: l, Value: ${value}}]}}}`;
  await fake.create("demo", template("one"));
  expect(await detailsShown(fake, template("two"), false)).toEqual([
    ["A", "Properties", "Tags Static DirectModification"],
  ]);
  expect(await detailsShown(fake, template("two"), true)).toEqual([
    [
      "A",
      "Properties",
      "Tags /Properties/Tags/0/Value Static DirectModification",
      "Tags /Properties/Tags/1/Value Static DirectModification",
    ],
  ]);
  const more = { ChangeSetName: "tags", Tags: [{ Key: "stage", Value: "prod" }] };
  expect(await detailsShown(fake, template("one"), false, more)).toEqual([["A", "Tags", "Static DirectModification"]]);
});

it("names the parameter behind metadata, and one whose stored value changed not at all", async () => {
  await using fake = await queueCloud();
  const template = `Parameters: {Text: {Type: String, Default: one}}
Resources: {A: {Type: AWS::SQS::Queue, Metadata: {M: !Ref Text}, Properties: {QueueName: a}}}`;
  await fake.create("demo", template);
  const more = { Parameters: [{ ParameterKey: "Text", ParameterValue: "two" }] };
  expect(await detailsShown(fake, template, false, more)).toEqual([
    ["A", "Metadata", "Static ParameterReference Text", "Dynamic DirectModification"],
  ]);
});

it("masks NoEcho parameters in what it shows, and shows what goes as its template had it", async () => {
  await using fake = await queueCloud();
  const template = (more: string) => `Parameters: {Secret: {Type: String, NoEcho: true}}
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Secret, DelaySeconds: 1}}
${more}`;
  const given = (value: string) => ({ Parameters: [{ ParameterKey: "Secret", ParameterValue: value }] });
  await fake.create(
    "demo",
    template("  B: {Type: AWS::SQS::Queue, Properties: {QueueName: b, DelaySeconds: !GetAtt A.DelaySeconds}}"),
    given("old"),
  );
  const { Changes = [] } = await fake.change("demo", template(""), given("new"));
  expect(JSON.stringify(Changes)).not.toMatch(/"(old|new)"/);
  expect(Changes[0]?.ResourceChange).toMatchObject({
    BeforeContext: '{"Properties":{"QueueName":"****","DelaySeconds":1}}',
    AfterContext: '{"Properties":{"QueueName":"****","DelaySeconds":1}}',
    Details: [
      { Target: { BeforeValue: "****", AfterValue: "****" }, ChangeSource: "ParameterReference" },
      { ChangeSource: "DirectModification" },
    ],
  });
  expect(Changes[1]?.ResourceChange).toMatchObject({
    Action: "Remove",
    BeforeContext: '{"Properties":{"QueueName":"b","DelaySeconds":"{{changeSet:KNOWN_AFTER_APPLY}}"}}',
  });
  expect([...fake.world.queues.keys()]).toEqual(["new"]);
});

it("takes a value that follows its new default for the parameter's doing", async () => {
  await using fake = await queueCloud();
  const template = (delay: number) => `Parameters: {Delay: {Type: Number, Default: ${delay}}}
Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: a, DelaySeconds: !Ref Delay}}}
`;
  await fake.create("demo", template(1));
  expect(await detailsShown(fake, template(2), false)).toEqual([
    ["A", "Properties", "DelaySeconds Static ParameterReference Delay", "DelaySeconds Dynamic DirectModification"],
  ]);
  const Parameters = [{ ParameterKey: "Delay", ParameterValue: "3" }];
  expect(await detailsShown(fake, template(1), true, { Parameters })).toEqual([
    [
      "A",
      "Properties",
      "DelaySeconds /Properties/DelaySeconds Static ParameterReference Delay",
      "DelaySeconds /Properties/DelaySeconds Dynamic DirectModification",
    ],
  ]);
});
