import type { ServerSideEncryption, StorageClass } from "@aws-sdk/client-s3";
import type { NotificationDocument } from "../configurations.ts";
import type { NamedConfigurations } from "./namedConfigurations.ts";
import type { ReplicationProperty } from "./replication.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export interface BucketProperties extends UnbuiltProperties, NamedConfigurations {
  readonly BucketName?: string;
  readonly AccelerateConfiguration?: { readonly AccelerationStatus: "Enabled" | "Suspended" };
  readonly AccessControl?: AccessControl;
  readonly BucketEncryption?: BucketEncryption;
  readonly CorsConfiguration?: { readonly CorsRules: readonly CorsRule[] };
  readonly LifecycleConfiguration?: { readonly Rules: readonly LifecycleRule[] };
  readonly LoggingConfiguration?: LoggingConfiguration;
  readonly ObjectLockEnabled?: boolean;
  readonly ObjectLockConfiguration?: ObjectLockConfiguration;
  readonly NotificationConfiguration?: NotificationConfiguration;
  readonly OwnershipControls?: { readonly Rules: readonly { readonly ObjectOwnership?: Ownership }[] };
  readonly PublicAccessBlockConfiguration?: PublicAccessBlock;
  readonly ReplicationConfiguration?: ReplicationProperty;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly VersioningConfiguration?: { readonly Status: "Enabled" | "Suspended" };
  readonly WebsiteConfiguration?: WebsiteConfiguration;
}

/** What within the properties that are built is refused by name. */
export const UNBUILT_PARTS = [
  "BucketEncryption.ServerSideEncryptionConfiguration.BlockedEncryptionTypes",
  "LifecycleConfiguration.TransitionDefaultMinimumObjectSize",
  "LoggingConfiguration.TargetObjectKeyFormat",
];

/** Properties that are refused by name as a whole. */
export const UNBUILT_PROPERTIES = [
  "AbacStatus",
  "BucketNamePrefix",
  "BucketNamespace",
  "MetadataConfiguration",
  "MetadataTableConfiguration",
] as const;

type UnbuiltProperties = { readonly [P in (typeof UNBUILT_PROPERTIES)[number]]?: unknown };

export type AccessControl =
  | "AuthenticatedRead"
  | "AwsExecRead"
  | "BucketOwnerFullControl"
  | "BucketOwnerRead"
  | "LogDeliveryWrite"
  | "Private"
  | "PublicRead"
  | "PublicReadWrite";

export interface LoggingConfiguration {
  /** The bucket itself when absent. */
  readonly DestinationBucketName?: string;
  readonly LogFilePrefix?: string;
}

interface ObjectLockConfiguration {
  readonly ObjectLockEnabled?: "Enabled";
  readonly Rule?: {
    readonly DefaultRetention?: {
      readonly Mode?: "GOVERNANCE" | "COMPLIANCE";
      readonly Days?: number;
      readonly Years?: number;
    };
  };
}

type Ownership = "BucketOwnerEnforced" | "BucketOwnerPreferred" | "ObjectWriter";

export interface BucketEncryption {
  readonly ServerSideEncryptionConfiguration: readonly {
    readonly BucketKeyEnabled?: boolean;
    readonly ServerSideEncryptionByDefault?: {
      readonly SSEAlgorithm: ServerSideEncryption;
      readonly KMSMasterKeyID?: string;
    };
  }[];
}

export interface CorsRule {
  readonly Id?: string;
  readonly AllowedHeaders?: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedOrigins: readonly string[];
  readonly ExposedHeaders?: readonly string[];
  readonly MaxAge?: number;
}

export interface LifecycleRule {
  readonly Id?: string;
  readonly Status: "Enabled" | "Disabled";
  readonly Prefix?: string;
  readonly TagFilters?: readonly { readonly Key: string; readonly Value: string }[];
  readonly ObjectSizeGreaterThan?: string;
  readonly ObjectSizeLessThan?: string;
  readonly ExpirationDate?: string;
  readonly ExpirationInDays?: number;
  readonly ExpiredObjectDeleteMarker?: boolean;
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
  readonly NoncurrentVersionExpiration?: NoncurrentExpiration;
  readonly NoncurrentVersionExpirationInDays?: number;
  readonly NoncurrentVersionTransition?: NoncurrentTransition;
  readonly NoncurrentVersionTransitions?: readonly NoncurrentTransition[];
  readonly Transition?: Transition;
  readonly Transitions?: readonly Transition[];
}

interface NoncurrentExpiration {
  readonly NoncurrentDays: number;
  readonly NewerNoncurrentVersions?: number;
}

export interface NoncurrentTransition {
  readonly StorageClass: TransitionClass;
  readonly TransitionInDays: number;
  readonly NewerNoncurrentVersions?: number;
}

export interface Transition {
  readonly StorageClass: TransitionClass;
  readonly TransitionDate?: string;
  readonly TransitionInDays?: number;
}

export type TransitionClass = Extract<
  StorageClass,
  "DEEP_ARCHIVE" | "GLACIER" | "GLACIER_IR" | "INTELLIGENT_TIERING" | "ONEZONE_IA" | "STANDARD_IA"
>;

export interface PublicAccessBlock {
  readonly BlockPublicAcls?: boolean;
  readonly BlockPublicPolicy?: boolean;
  readonly IgnorePublicAcls?: boolean;
  readonly RestrictPublicBuckets?: boolean;
}

type S3Event = NonNullable<NonNullable<NotificationDocument["LambdaFunctionConfigurations"]>[number]["Events"]>[number];

interface NotificationRule {
  readonly Event: S3Event;
  readonly Filter?: {
    readonly S3Key: { readonly Rules: readonly { readonly Name: "prefix" | "suffix"; readonly Value: string }[] };
  };
}

export interface NotificationConfiguration {
  readonly EventBridgeConfiguration?: { readonly EventBridgeEnabled?: boolean };
  readonly LambdaConfigurations?: readonly (NotificationRule & { readonly Function: string })[];
  readonly QueueConfigurations?: readonly (NotificationRule & { readonly Queue: string })[];
  readonly TopicConfigurations?: readonly (NotificationRule & { readonly Topic: string })[];
}

export interface WebsiteConfiguration {
  readonly IndexDocument?: string;
  readonly ErrorDocument?: string;
  readonly RedirectAllRequestsTo?: { readonly HostName: string; readonly Protocol?: "http" | "https" };
  readonly RoutingRules?: readonly RoutingRule[];
}

interface RoutingRule {
  readonly RedirectRule: {
    readonly HostName?: string;
    readonly HttpRedirectCode?: string;
    readonly Protocol?: "http" | "https";
    readonly ReplaceKeyPrefixWith?: string;
    readonly ReplaceKeyWith?: string;
  };
  readonly RoutingRuleCondition?: {
    readonly HttpErrorCodeReturnedEquals?: string;
    readonly KeyPrefixEquals?: string;
  };
}

/** Whether a template asks for a public access list in the way that was enough before April 2023. */
export const isOldStylePublic = (properties: BucketProperties): boolean =>
  properties.AccessControl !== undefined &&
  properties.AccessControl !== "Private" &&
  properties.OwnershipControls === undefined &&
  properties.PublicAccessBlockConfiguration === undefined;
