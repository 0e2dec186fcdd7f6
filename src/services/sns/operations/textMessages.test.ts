import {
  CheckIfPhoneNumberIsOptedOutCommand,
  CreateTopicCommand,
  GetSMSAttributesCommand,
  GetSubscriptionAttributesCommand,
  ListPhoneNumbersOptedOutCommand,
  OptInPhoneNumberCommand,
  SetSMSAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

test.each(["+15555550100", "+12/34-567.890"])("%s is subscribed without a confirmation", async (Endpoint) => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "t" }));
  const { SubscriptionArn } = await client.send(new SubscribeCommand({ TopicArn, Protocol: "sms", Endpoint }));
  const { Attributes } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  expect(Attributes).toMatchObject({ Endpoint, Protocol: "sms", PendingConfirmation: "false" });
});

test.each(["invalid", "+15--551234567", "+15551234567."])("%s is no telephone", async (Endpoint) => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: "t" }));
  await expect(client.send(new SubscribeCommand({ TopicArn, Protocol: "sms", Endpoint }))).rejects.toThrow(
    `Invalid SMS endpoint: ${Endpoint}`,
  );
});

test("settings are kept, and shown whole or by name", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const shown = async (attributes?: string[]) =>
    (await client.send(new GetSMSAttributesCommand({ attributes }))).attributes;
  expect(await shown()).toEqual({ MonthlySpendLimit: "1" });
  await client.send(new SetSMSAttributesCommand({ attributes: { DefaultSenderID: "Aloft" } }));
  await client.send(new SetSMSAttributesCommand({ attributes: { DefaultSMSType: "Promotional" } }));
  expect(await shown()).toEqual({ MonthlySpendLimit: "1", DefaultSenderID: "Aloft", DefaultSMSType: "Promotional" });
  expect(await shown(["DefaultSMSType"])).toEqual({ DefaultSMSType: "Promotional" });
});

test.each([
  ["InvalidAttribute", "x", "InvalidAttribute is not a valid attribute"],
  ["DefaultSMSType", "x", "DefaultSMSType is invalid"],
  ["DefaultSenderID", "123456789", "DefaultSenderID is invalid"],
])("refuses %s of %s", async (name, value, message) => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  await expect(client.send(new SetSMSAttributesCommand({ attributes: { [name]: value } }))).rejects.toMatchObject({
    name: "InvalidParameterException",
    message,
  });
});

test("nobody has opted out, and everybody may opt in", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SNSClient);
  const phoneNumber = "+15555550100";
  expect(await client.send(new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber }))).toMatchObject({
    isOptedOut: false,
  });
  await client.send(new OptInPhoneNumberCommand({ phoneNumber }));
  expect((await client.send(new ListPhoneNumbersOptedOutCommand({}))).phoneNumbers).toEqual([]);
  await expect(client.send(new OptInPhoneNumberCommand({ phoneNumber: "invalid" }))).rejects.toThrow(
    "Invalid parameter: PhoneNumber Reason: input incorrectly formatted",
  );
});
