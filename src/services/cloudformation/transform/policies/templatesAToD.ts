import { grant, here, type TemplateDefinition, template } from "./templateNotation.ts";

/** Policy templates AMIDescribePolicy to DynamoDBWritePolicy, as the SAM policy template list documents them. */
export const A_TO_D: Readonly<Record<string, TemplateDefinition>> = {
  AMIDescribePolicy: template("", grant("ec2", "DescribeImages", "*")),
  AWSSecretsManagerGetSecretValuePolicy: template(
    "SecretArn",
    grant("secretsmanager", "GetSecretValue", "${secretArn}"),
  ),
  AWSSecretsManagerRotationPolicy: template(
    "FunctionName",
    grant(
      "secretsmanager",
      "DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage",
      here("secretsmanager", "secret:*"),
      ["secretsmanager:resource/AllowRotationLambdaArn", here("lambda", "function:${functionName}")],
    ),
    grant("secretsmanager", "GetRandomPassword", "*"),
  ),
  AcmGetCertificatePolicy: template("CertificateArn", grant("acm", "GetCertificate", "${certificateArn}")),
  AthenaQueryPolicy: template(
    "WorkGroupName",
    grant(
      "athena",
      `
        ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace GetCatalogs GetNamespaces
        GetTables GetTable
      `,
      "*",
    ),
    grant(
      "athena",
      `
        StartQueryExecution GetQueryResults DeleteNamedQuery GetNamedQuery ListQueryExecutions
        StopQueryExecution GetQueryResultsStream ListNamedQueries CreateNamedQuery GetQueryExecution
        BatchGetNamedQuery BatchGetQueryExecution GetWorkGroup
      `,
      here("athena", "workgroup/${workgroupName}"),
    ),
  ),
  CloudFormationDescribeStacksPolicy: template(
    "",
    grant("cloudformation", "DescribeStacks", here("cloudformation", "stack/*")),
  ),
  CloudWatchDashboardPolicy: template(
    "",
    grant("cloudwatch", "GetDashboard ListDashboards PutDashboard ListMetrics", "*"),
  ),
  CloudWatchDescribeAlarmHistoryPolicy: template("", grant("cloudwatch", "DescribeAlarmHistory", "*")),
  CloudWatchPutMetricPolicy: template("", grant("cloudwatch", "PutMetricData", "*")),
  CodeCommitCrudPolicy: template(
    "RepositoryName",
    grant(
      "codecommit",
      `
        GitPull GitPush CreateBranch DeleteBranch GetBranch ListBranches MergeBranchesByFastForward
        MergeBranchesBySquash MergeBranchesByThreeWay UpdateDefaultBranch BatchDescribeMergeConflicts
        CreateUnreferencedMergeCommit DescribeMergeConflicts GetMergeCommit GetMergeOptions
        BatchGetPullRequests CreatePullRequest DescribePullRequestEvents GetCommentsForPullRequest
        GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests
        MergePullRequestByFastForward MergePullRequestBySquash MergePullRequestByThreeWay
        PostCommentForPullRequest UpdatePullRequestDescription UpdatePullRequestStatus
        UpdatePullRequestTitle DeleteFile GetBlob GetFile GetFolder PutFile DeleteCommentContent GetComment
        GetCommentsForComparedCommit PostCommentForComparedCommit PostCommentReply UpdateComment
        BatchGetCommits CreateCommit GetCommit GetCommitHistory GetDifferences GetObjectIdentifier
        GetReferences GetTree GetRepository UpdateRepositoryDescription ListTagsForResource TagResource
        UntagResource GetRepositoryTriggers PutRepositoryTriggers TestRepositoryTriggers GetBranch GetCommit
        UploadArchive GetUploadArchiveStatus CancelUploadArchive
      `,
      here("codecommit", "${repositoryName}"),
    ),
  ),
  CodeCommitReadPolicy: template(
    "RepositoryName",
    grant(
      "codecommit",
      `
        GitPull GetBranch ListBranches BatchDescribeMergeConflicts DescribeMergeConflicts GetMergeCommit
        GetMergeOptions BatchGetPullRequests DescribePullRequestEvents GetCommentsForPullRequest
        GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests GetBlob GetFile GetFolder
        GetComment GetCommentsForComparedCommit BatchGetCommits GetCommit GetCommitHistory GetDifferences
        GetObjectIdentifier GetReferences GetTree GetRepository ListTagsForResource GetRepositoryTriggers
        TestRepositoryTriggers GetBranch GetCommit GetUploadArchiveStatus
      `,
      here("codecommit", "${repositoryName}"),
    ),
  ),
  CodePipelineLambdaExecutionPolicy: template(
    "",
    grant("codepipeline", "PutJobSuccessResult PutJobFailureResult", "*"),
  ),
  CodePipelineReadOnlyPolicy: template(
    "PipelineName",
    grant("codepipeline", "ListPipelineExecutions", here("codepipeline", "${pipelinename}")),
  ),
  ComprehendBasicAccessPolicy: template(
    "",
    grant(
      "comprehend",
      `
        BatchDetectKeyPhrases DetectDominantLanguage DetectEntities BatchDetectEntities DetectKeyPhrases
        DetectSentiment BatchDetectDominantLanguage BatchDetectSentiment
      `,
      "*",
    ),
  ),
  CostExplorerReadOnlyPolicy: template(
    "",
    grant(
      "ce",
      `
        GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation
        GetReservationUtilization GetTags
      `,
      "*",
    ),
  ),
  DynamoDBBackupFullAccessPolicy: template(
    "TableName",
    grant("dynamodb", "CreateBackup DescribeContinuousBackups", here("dynamodb", "table/${tableName}")),
    grant("dynamodb", "DeleteBackup DescribeBackup ListBackups", here("dynamodb", "table/${tableName}/backup/*")),
  ),
  DynamoDBCrudPolicy: template(
    "TableName",
    grant(
      "dynamodb",
      `
        GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable
        ConditionCheckItem
      `,
      [here("dynamodb", "table/${tableName}"), here("dynamodb", "table/${tableName}/index/*")],
    ),
  ),
  DynamoDBReadPolicy: template(
    "TableName",
    grant("dynamodb", "GetItem Scan Query BatchGetItem DescribeTable", [
      here("dynamodb", "table/${tableName}"),
      here("dynamodb", "table/${tableName}/index/*"),
    ]),
  ),
  DynamoDBReconfigurePolicy: template(
    "TableName",
    grant("dynamodb", "UpdateTable", here("dynamodb", "table/${tableName}")),
  ),
  DynamoDBRestoreFromBackupPolicy: template(
    "TableName",
    grant("dynamodb", "RestoreTableFromBackup", here("dynamodb", "table/${tableName}/backup/*")),
    grant(
      "dynamodb",
      "PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem",
      here("dynamodb", "table/${tableName}"),
    ),
  ),
  DynamoDBStreamReadPolicy: template(
    "StreamName TableName",
    grant(
      "dynamodb",
      "DescribeStream GetRecords GetShardIterator",
      here("dynamodb", "table/${tableName}/stream/${streamName}"),
    ),
    grant("dynamodb", "ListStreams", here("dynamodb", "table/${tableName}/stream/*")),
  ),
  DynamoDBWritePolicy: template(
    "TableName",
    grant("dynamodb", "PutItem UpdateItem BatchWriteItem", [
      here("dynamodb", "table/${tableName}"),
      here("dynamodb", "table/${tableName}/index/*"),
    ]),
  ),
};
