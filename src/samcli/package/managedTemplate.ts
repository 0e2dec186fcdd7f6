import { VERSION } from "../version.ts";

/** The stack that the SAM CLI keeps for code: a versioned, encrypted and private bucket. */
export const managedTemplate = (): object => ({
  AWSTemplateFormatVersion: "2010-09-09",
  Transform: "AWS::Serverless-2016-10-31",
  Description: "Managed Stack for AWS SAM CLI",
  Metadata: { SamCliInfo: { version: VERSION, installationId: "unknown" } },
  Resources: {
    SamCliSourceBucket: {
      Type: "AWS::S3::Bucket",
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicPolicy: true,
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
        },
        VersioningConfiguration: { Status: "Enabled" },
        Tags: [{ Key: "ManagedStackSource", Value: "AwsSamCli" }],
      },
    },
    SamCliSourceBucketBucketPolicy: {
      Type: "AWS::S3::BucketPolicy",
      Properties: { Bucket: { Ref: "SamCliSourceBucket" }, PolicyDocument: { Statement: statements() } },
    },
  },
  Outputs: { SourceBucket: { Value: { Ref: "SamCliSourceBucket" } } },
});

const statements = (): readonly object[] => {
  const objects = { "Fn::Sub": "arn:${AWS::Partition}:s3:::${SamCliSourceBucket}/*" };
  return [
    {
      Action: ["s3:GetObject"],
      Effect: "Allow",
      Resource: objects,
      Principal: { Service: "serverlessrepo.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
    },
    {
      Action: ["s3:*"],
      Effect: "Deny",
      Resource: [{ "Fn::Sub": "arn:${AWS::Partition}:s3:::${SamCliSourceBucket}" }, objects],
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
};
