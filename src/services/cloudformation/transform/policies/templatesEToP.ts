import { grant, grantOne, here, type TemplateDefinition, template } from "./templateNotation.ts";

/** Policy templates EC2CopyImagePolicy to PollyFullAccessPolicy, as the SAM policy template list documents them. */
export const E_TO_P: Readonly<Record<string, TemplateDefinition>> = {
  EC2CopyImagePolicy: template("ImageId", grant("ec2", "CopyImage", here("ec2", "image/${imageId}"))),
  EC2DescribePolicy: template("", grant("ec2", "DescribeRegions DescribeInstances", "*")),
  EFSWriteAccessPolicy: template(
    "AccessPoint FileSystem",
    grant("elasticfilesystem", "ClientMount ClientWrite", here("elasticfilesystem", "file-system/${FileSystem}"), [
      "elasticfilesystem:AccessPointArn",
      here("elasticfilesystem", "access-point/${AccessPoint}"),
    ]),
  ),
  EKSDescribePolicy: template("", grant("eks", "DescribeCluster ListClusters", "*")),
  EcsRunTaskPolicy: template(
    "TaskDefinition",
    grant("ecs", "RunTask", here("ecs", "task-definition/${taskDefinition}")),
  ),
  ElasticMapReduceAddJobFlowStepsPolicy: template(
    "ClusterId",
    grantOne("elasticmapreduce", "AddJobFlowSteps", here("elasticmapreduce", "cluster/${clusterId}")),
  ),
  ElasticMapReduceCancelStepsPolicy: template(
    "ClusterId",
    grantOne("elasticmapreduce", "CancelSteps", here("elasticmapreduce", "cluster/${clusterId}")),
  ),
  ElasticMapReduceModifyInstanceFleetPolicy: template(
    "ClusterId",
    grant(
      "elasticmapreduce",
      "ModifyInstanceFleet ListInstanceFleets",
      here("elasticmapreduce", "cluster/${clusterId}"),
    ),
  ),
  ElasticMapReduceModifyInstanceGroupsPolicy: template(
    "ClusterId",
    grant(
      "elasticmapreduce",
      "ModifyInstanceGroups ListInstanceGroups",
      here("elasticmapreduce", "cluster/${clusterId}"),
    ),
  ),
  ElasticMapReduceSetTerminationProtectionPolicy: template(
    "ClusterId",
    grantOne("elasticmapreduce", "SetTerminationProtection", here("elasticmapreduce", "cluster/${clusterId}")),
  ),
  ElasticMapReduceTerminateJobFlowsPolicy: template(
    "ClusterId",
    grantOne("elasticmapreduce", "TerminateJobFlows", here("elasticmapreduce", "cluster/${clusterId}")),
  ),
  ElasticsearchHttpPostPolicy: template(
    "DomainName",
    grant("es", "ESHttpPost ESHttpPut", here("es", "domain/${domainName}/*")),
  ),
  EventBridgePutEventsPolicy: template(
    "EventBusName",
    grantOne("events", "PutEvents", here("events", "event-bus/${eventBusName}")),
  ),
  FilterLogEventsPolicy: template(
    "LogGroupName",
    grant("logs", "FilterLogEvents", here("logs", "log-group:${logGroupName}:log-stream:*")),
  ),
  FirehoseCrudPolicy: template(
    "DeliveryStreamName",
    grant(
      "firehose",
      `
        CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch
        UpdateDestination
      `,
      here("firehose", "deliverystream/${deliveryStreamName}"),
    ),
  ),
  FirehoseWritePolicy: template(
    "DeliveryStreamName",
    grant("firehose", "PutRecord PutRecordBatch", here("firehose", "deliverystream/${deliveryStreamName}")),
  ),
  KMSDecryptPolicy: template("KeyId", grantOne("kms", "Decrypt", here("kms", "key/${keyId}"))),
  KMSEncryptPolicy: template("KeyId", grantOne("kms", "Encrypt", here("kms", "key/${keyId}"))),
  KMSEncryptPolicy_v2: template(
    "KeyId",
    grant(
      "kms",
      `
        Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair
        GenerateDataKeyPairWithoutPlaintext
      `,
      here("kms", "key/${keyId}"),
    ),
  ),
  KinesisCrudPolicy: template(
    "StreamName",
    grant(
      "kinesis",
      `
        AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream
        DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards
        PutRecord PutRecords SplitShard RemoveTagsFromStream
      `,
      here("kinesis", "stream/${streamName}"),
    ),
  ),
  KinesisStreamReadPolicy: template(
    "StreamName",
    grant("kinesis", "ListStreams DescribeLimits", here("kinesis", "stream/*")),
    grant(
      "kinesis",
      "DescribeStream DescribeStreamSummary GetRecords GetShardIterator",
      here("kinesis", "stream/${streamName}"),
    ),
  ),
  LambdaInvokePolicy: template(
    "FunctionName",
    grant("lambda", "InvokeFunction", here("lambda", "function:${functionName}*")),
  ),
  MobileAnalyticsWriteOnlyAccessPolicy: template("", grant("mobileanalytics", "PutEvents", "*")),
  OrganizationsListAccountsPolicy: template("", grant("organizations", "ListAccounts", "*")),
  PinpointEndpointAccessPolicy: template(
    "PinpointApplicationId",
    grant(
      "mobiletargeting",
      "GetEndpoint UpdateEndpoint UpdateEndpointsBatch",
      here("mobiletargeting", "apps/${pinpointApplicationId}/endpoints/*"),
    ),
  ),
  PollyFullAccessPolicy: template(
    "LexiconName",
    grant("polly", "GetLexicon DeleteLexicon", [here("polly", "lexicon/${lexiconName}")]),
    grant("polly", "DescribeVoices ListLexicons PutLexicon SynthesizeSpeech", [here("polly", "lexicon/*")]),
  ),
};
