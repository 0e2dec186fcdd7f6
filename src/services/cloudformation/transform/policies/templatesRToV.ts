import { everywhere, grant, here, type TemplateDefinition, template } from "./templateNotation.ts";

/** Policy templates RekognitionDetectOnlyPolicy to VPCAccessPolicy, as the SAM policy template list documents them. */
export const R_TO_V: Readonly<Record<string, TemplateDefinition>> = {
  RekognitionDetectOnlyPolicy: template(
    "",
    grant("rekognition", "DetectFaces DetectLabels DetectModerationLabels DetectText", "*"),
  ),
  RekognitionFacesManagementPolicy: template(
    "CollectionId",
    grant(
      "rekognition",
      "IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces",
      here("rekognition", "collection/${collectionId}"),
    ),
  ),
  RekognitionFacesPolicy: template("", grant("rekognition", "CompareFaces DetectFaces", "*")),
  RekognitionLabelsPolicy: template("", grant("rekognition", "DetectLabels DetectModerationLabels", "*")),
  RekognitionNoDataAccessPolicy: template(
    "CollectionId",
    grant(
      "rekognition",
      "CompareFaces DetectFaces DetectLabels DetectModerationLabels",
      here("rekognition", "collection/${collectionId}"),
    ),
  ),
  RekognitionReadPolicy: template(
    "CollectionId",
    grant(
      "rekognition",
      "ListCollections ListFaces SearchFaces SearchFacesByImage",
      here("rekognition", "collection/${collectionId}"),
    ),
  ),
  RekognitionWriteOnlyAccessPolicy: template(
    "CollectionId",
    grant("rekognition", "CreateCollection IndexFaces", here("rekognition", "collection/${collectionId}")),
  ),
  Route53ChangeResourceRecordSetsPolicy: template(
    "HostedZoneId",
    grant("route53", "ChangeResourceRecordSets", everywhere("route53", "hostedzone/${HostedZoneId}")),
  ),
  S3CrudPolicy: template(
    "BucketName",
    grant(
      "s3",
      `
        GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl
        GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject
      `,
      [everywhere("s3", "${bucketName}"), everywhere("s3", "${bucketName}/*")],
    ),
  ),
  S3FullAccessPolicy: template(
    "BucketName",
    grant(
      "s3",
      `
        GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging
        DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging
        PutObjectVersionTagging
      `,
      [everywhere("s3", "${bucketName}/*")],
    ),
    grant("s3", "ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration", [
      everywhere("s3", "${bucketName}"),
    ]),
  ),
  S3ReadPolicy: template(
    "BucketName",
    grant("s3", "GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration", [
      everywhere("s3", "${bucketName}"),
      everywhere("s3", "${bucketName}/*"),
    ]),
  ),
  S3WritePolicy: template(
    "BucketName",
    grant("s3", "PutObject PutObjectAcl PutLifecycleConfiguration", [
      everywhere("s3", "${bucketName}"),
      everywhere("s3", "${bucketName}/*"),
    ]),
  ),
  SESBulkTemplatedCrudPolicy: template(
    "IdentityName",
    grant(
      "ses",
      `
        GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail
        VerifyEmailIdentity
      `,
      here("ses", "identity/${identityName}"),
    ),
  ),
  SESBulkTemplatedCrudPolicy_v2: template(
    "IdentityName TemplateName",
    grant("ses", "SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail", [
      here("ses", "identity/${identityName}"),
      here("ses", "template/${templateName}"),
    ]),
    grant("ses", "GetIdentityVerificationAttributes VerifyEmailIdentity", "*"),
  ),
  SESCrudPolicy: template(
    "IdentityName",
    grant(
      "ses",
      "GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity",
      here("ses", "identity/${identityName}"),
    ),
  ),
  SESEmailTemplateCrudPolicy: template(
    "",
    grant("ses", "CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate", "*"),
  ),
  SESSendBouncePolicy: template("IdentityName", grant("ses", "SendBounce", here("ses", "identity/${identityName}"))),
  SNSCrudPolicy: template(
    "TopicName",
    grant(
      "sns",
      "ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish",
      here("sns", "${topicName}*"),
    ),
  ),
  SNSPublishMessagePolicy: template("TopicName", grant("sns", "Publish", here("sns", "${topicName}"))),
  SQSPollerPolicy: template(
    "QueueName",
    grant(
      "sqs",
      `
        ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch
        GetQueueAttributes ReceiveMessage
      `,
      here("sqs", "${queueName}"),
    ),
  ),
  SQSSendMessagePolicy: template("QueueName", grant("sqs", "SendMessage*", here("sqs", "${queueName}"))),
  SSMParameterReadPolicy: template(
    "ParameterName",
    grant("ssm", "DescribeParameters", "*"),
    grant("ssm", "GetParameters GetParameter GetParametersByPath", here("ssm", "parameter/${parameterName}")),
  ),
  SSMParameterWithSlashPrefixReadPolicy: template(
    "ParameterName",
    grant("ssm", "DescribeParameters", "*"),
    grant("ssm", "GetParameters GetParameter GetParametersByPath", here("ssm", "parameter${parameterName}")),
  ),
  SageMakerCreateEndpointConfigPolicy: template(
    "EndpointConfigName",
    grant("sagemaker", "CreateEndpointConfig", here("sagemaker", "endpoint-config/${endpointConfigName}")),
  ),
  SageMakerCreateEndpointPolicy: template(
    "EndpointName",
    grant("sagemaker", "CreateEndpoint", here("sagemaker", "endpoint/${endpointName}")),
  ),
  ServerlessRepoReadWriteAccessPolicy: template(
    "",
    grant(
      "serverlessrepo",
      `
        CreateApplication CreateApplicationVersion UpdateApplication GetApplication ListApplications
        ListApplicationVersions ListApplicationDependencies
      `,
      [here("serverlessrepo", "applications/*")],
    ),
  ),
  StepFunctionsCallbackPolicy: template(
    "StateMachineName",
    grant(
      "states",
      "SendTaskFailure SendTaskHeartbeat SendTaskSuccess",
      here("states", "stateMachine:${stateMachineName}"),
    ),
  ),
  StepFunctionsExecutionPolicy: template(
    "StateMachineName",
    grant("states", "StartExecution", here("states", "stateMachine:${stateMachineName}")),
  ),
  StepFunctionsExecutionPolicy_v2: template(
    "StateMachineName",
    grant("states", "StartExecution StartSyncExecution", here("states", "stateMachine:${stateMachineName}")),
  ),
  TextractDetectAnalyzePolicy: template(
    "",
    grant("textract", "DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument", "*"),
  ),
  TextractGetResultPolicy: template("", grant("textract", "GetDocumentTextDetection GetDocumentAnalysis", "*")),
  TextractPolicy: template("", grant("textract", "*", "*")),
  VPCAccessPolicy: template(
    "",
    grant(
      "ec2",
      `
        CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface
      `,
      "*",
    ),
  ),
};
