import { accepts, type ConnectorProfile, destinationMay, may, sourceMay } from "./profileNotation.ts";

const SOURCE = "%{Source.Arn}";
const DESTINATION = "%{Destination.Arn}";
const WITHIN = `${DESTINATION}/*`;
const HERE = "${AWS::Region}:${AWS::AccountId}";
const EXECUTIONS = `arn:\${AWS::Partition}:states:${HERE}:execution:%{Destination.Name}:*`;
const EXECUTIONS_RULE = `arn:\${AWS::Partition}:events:${HERE}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`;
const API_CALLS = `arn:\${AWS::Partition}:execute-api:${HERE}:%{Source.ResourceId}/%{Source.Qualifier}`;
const GRAPHQL_API = `arn:\${AWS::Partition}:appsync:${HERE}:apis/%{Source.ResourceId}`;

const invokeFunction = sourceMay({ Write: [may("lambda", "InvokeAsync InvokeFunction", DESTINATION)] });
const publish = sourceMay({ Write: [may("sns", "Publish", DESTINATION)] });
const putEvents = sourceMay({ Write: [may("events", "PutEvents", DESTINATION)] });

const useTable = sourceMay({
  Read: [
    may(
      "dynamodb",
      "GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect",
      DESTINATION,
      `${DESTINATION}/index/*`,
    ),
  ],
  Write: [
    may(
      "dynamodb",
      "PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate",
      DESTINATION,
      `${DESTINATION}/index/*`,
    ),
  ],
});

const useBucket = sourceMay({
  Read: [
    may(
      "s3",
      `GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion
       GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket
       ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts`,
      DESTINATION,
      WITHIN,
    ),
  ],
  Write: [
    may(
      "s3",
      `AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention
       RestoreObject`,
      DESTINATION,
      WITHIN,
    ),
  ],
});

/** Whether Step Functions waits for what it starts: it watches by a rule that it manages itself. */
const nestedExecution = sourceMay(
  {
    Read: [may("states", "DescribeExecution", EXECUTIONS), may("events", "DescribeRule", EXECUTIONS_RULE)],
    Write: [
      may("states", "StartExecution", DESTINATION),
      may("states", "StopExecution", EXECUTIONS),
      may("events", "PutTargets PutRule", EXECUTIONS_RULE),
    ],
  },
  { dependedOnBy: "source", combinations: [["Read"], ["Read", "Write"]] },
);

const useStateMachine = sourceMay({
  Write: [may("states", "StartExecution StartSyncExecution", DESTINATION), may("states", "StopExecution", EXECUTIONS)],
  Read: [
    may("states", "DescribeStateMachine ListExecutions", DESTINATION),
    may("states", "DescribeExecution DescribeStateMachineForExecution GetExecutionHistory", EXECUTIONS),
  ],
});

const FUNCTION = "AWS::Lambda::Function";
const TABLE = "AWS::DynamoDB::Table";
const QUEUE = "AWS::SQS::Queue";
const TOPIC = "AWS::SNS::Topic";
const BUCKET = "AWS::S3::Bucket";
const BUS = "AWS::Events::EventBus";
const MACHINE = "AWS::StepFunctions::StateMachine";

type Destinations = Readonly<Record<string, ConnectorProfile>>;

/** All supported connections, by the type of the source and then of the destination. */
export const CONNECTOR_PROFILES: Readonly<Record<string, Destinations>> = {
  [TABLE]: {
    [FUNCTION]: destinationMay(
      { Read: [may("dynamodb", "DescribeStream GetRecords GetShardIterator ListStreams", `${SOURCE}/stream/*`)] },
      { dependedOnBy: "eventSourceMapping" },
    ),
  },
  "AWS::Events::Rule": {
    [TOPIC]: accepts("topic", "events.amazonaws.com"),
    [BUS]: putEvents,
    [MACHINE]: sourceMay({ Write: [may("states", "StartExecution", DESTINATION)] }),
    [FUNCTION]: accepts("function", "events.amazonaws.com"),
    [QUEUE]: accepts("queue", "events.amazonaws.com"),
  },
  [FUNCTION]: {
    [FUNCTION]: invokeFunction,
    [BUCKET]: useBucket,
    [TABLE]: useTable,
    [QUEUE]: sourceMay({
      Read: [may("sqs", "ReceiveMessage GetQueueAttributes", DESTINATION)],
      Write: [may("sqs", "DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue", DESTINATION)],
    }),
    [TOPIC]: publish,
    [MACHINE]: useStateMachine,
    [BUS]: putEvents,
    "AWS::Location::PlaceIndex": sourceMay({
      Read: [
        may(
          "geo",
          `DescribePlaceIndex GetPlace SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions
           SearchPlaceIndexForText`,
          DESTINATION,
        ),
      ],
    }),
  },
  "AWS::ApiGatewayV2::Api": { [FUNCTION]: accepts("function", "apigateway.amazonaws.com", API_CALLS) },
  "AWS::ApiGateway::RestApi": { [FUNCTION]: accepts("function", "apigateway.amazonaws.com", API_CALLS) },
  [TOPIC]: {
    [QUEUE]: accepts("queue", "sns.amazonaws.com"),
    [FUNCTION]: accepts("function", "sns.amazonaws.com"),
  },
  [QUEUE]: {
    [FUNCTION]: destinationMay(
      {
        Write: [may("sqs", "DeleteMessage", SOURCE)],
        Read: [may("sqs", "ReceiveMessage GetQueueAttributes", SOURCE)],
      },
      { dependedOnBy: "eventSourceMapping", combinations: [["Read", "Write"]] },
    ),
  },
  [BUCKET]: { [FUNCTION]: accepts("function", "s3.amazonaws.com", SOURCE, "${AWS::AccountId}") },
  [MACHINE]: {
    [FUNCTION]: invokeFunction,
    [TOPIC]: publish,
    [QUEUE]: sourceMay({ Write: [may("sqs", "SendMessage", DESTINATION)] }),
    [BUCKET]: useBucket,
    [TABLE]: useTable,
    [MACHINE]: nestedExecution,
    [BUS]: putEvents,
  },
  "AWS::AppSync::DataSource": {
    [TABLE]: useTable,
    [FUNCTION]: sourceMay({
      Write: [may("lambda", "InvokeAsync InvokeFunction", DESTINATION, `${DESTINATION}:*`)],
    }),
    [BUS]: putEvents,
  },
  "AWS::AppSync::GraphQLApi": { [FUNCTION]: accepts("function", "appsync.amazonaws.com", GRAPHQL_API) },
};
