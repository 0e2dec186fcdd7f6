import * as model from "@aws-sdk/client-sns";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { resumeDeliveries } from "./delivery/deliver.ts";
import { invalidParameter } from "./errors.ts";
import { iam } from "./iam.ts";
import { confirmSubscription, unsubscribe } from "./operations/confirmation.ts";
import { addPermission, removePermission } from "./operations/permissions.ts";
import {
  createPlatformApplication,
  deletePlatformApplication,
  getPlatformApplicationAttributes,
  listPlatformApplications,
  setPlatformApplicationAttributes,
} from "./operations/platformApplications.ts";
import {
  createPlatformEndpoint,
  deleteEndpoint,
  getEndpointAttributes,
  listEndpointsByPlatformApplication,
  setEndpointAttributes,
} from "./operations/platformEndpoints.ts";
import { publish, publishBatch } from "./operations/publish.ts";
import { subscribe } from "./operations/subscribe.ts";
import { getSubscriptionAttributes, setSubscriptionAttributes } from "./operations/subscriptionAttributes.ts";
import { listSubscriptions, listSubscriptionsByTopic } from "./operations/subscriptions.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import {
  checkIfPhoneNumberIsOptedOut,
  getSMSAttributes,
  listPhoneNumbersOptedOut,
  optInPhoneNumber,
  setSMSAttributes,
} from "./operations/textMessages.ts";
import { createTopic, deleteTopic, getTopicAttributes, listTopics, setTopicAttributes } from "./operations/topics.ts";
import { subscriptionType } from "./resources/subscription.ts";
import { topicType } from "./resources/topic.ts";
import { topicInlinePolicyType } from "./resources/topicInlinePolicy.ts";
import { topicPolicyType } from "./resources/topicPolicy.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon SNS. */
export default defineService<Room, "sns">({
  name: "sns",
  model,
  scope: "region",
  constraints,
  validationErrorCode: "ValidationError",
  missingMember: (name) =>
    name.endsWith("Arn") ? invalidParameter(`${name} Reason: no value for required parameter`) : undefined,
  open: openRoom,
  operations: {
    AddPermission: addPermission,
    CheckIfPhoneNumberIsOptedOut: checkIfPhoneNumberIsOptedOut,
    ConfirmSubscription: confirmSubscription,
    CreateTopic: createTopic,
    DeleteTopic: deleteTopic,
    GetSMSAttributes: getSMSAttributes,
    GetSubscriptionAttributes: getSubscriptionAttributes,
    GetTopicAttributes: getTopicAttributes,
    ListPhoneNumbersOptedOut: listPhoneNumbersOptedOut,
    ListSubscriptions: listSubscriptions,
    ListSubscriptionsByTopic: listSubscriptionsByTopic,
    ListTagsForResource: listTagsForResource,
    ListTopics: listTopics,
    OptInPhoneNumber: optInPhoneNumber,
    CreatePlatformApplication: createPlatformApplication,
    DeletePlatformApplication: deletePlatformApplication,
    GetPlatformApplicationAttributes: getPlatformApplicationAttributes,
    ListPlatformApplications: listPlatformApplications,
    SetPlatformApplicationAttributes: setPlatformApplicationAttributes,
    CreatePlatformEndpoint: createPlatformEndpoint,
    DeleteEndpoint: deleteEndpoint,
    GetEndpointAttributes: getEndpointAttributes,
    ListEndpointsByPlatformApplication: listEndpointsByPlatformApplication,
    SetEndpointAttributes: setEndpointAttributes,
    Publish: publish,
    PublishBatch: publishBatch,
    RemovePermission: removePermission,
    SetSMSAttributes: setSMSAttributes,
    SetSubscriptionAttributes: setSubscriptionAttributes,
    SetTopicAttributes: setTopicAttributes,
    Subscribe: subscribe,
    TagResource: tagResource,
    Unsubscribe: unsubscribe,
    UntagResource: untagResource,
  },
  iam,
  resources: [topicType, subscriptionType, topicInlinePolicyType, topicPolicyType],
  resume: resumeDeliveries,
});
