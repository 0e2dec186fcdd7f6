import type { Readable } from "node:stream";
import type { GetOutputType } from "@smithy/types";
import type { GitHostModel } from "./gitHost.ts";
import type { NotificationsModel } from "./notificationsModel.ts";

/**
 * The official SDK's clients, as types: the contract of every service here.
 * A key is the service's name within aloft: its IAM prefix, or where two APIs share one, the client's name.
 */
export interface AwsModels {
  apigateway: typeof import("@aws-sdk/client-api-gateway");
  apigatewayv2: typeof import("@aws-sdk/client-apigatewayv2");
  cloudformation: typeof import("@aws-sdk/client-cloudformation");
  cloudwatch: typeof import("@aws-sdk/client-cloudwatch");
  codebuild: typeof import("@aws-sdk/client-codebuild");
  codecommit: typeof import("@aws-sdk/client-codecommit");
  /** CodeStar Connections under the name it has by now: one API, so one client serves for both. */
  codeconnections: typeof import("@aws-sdk/client-codestar-connections");
  codedeploy: typeof import("@aws-sdk/client-codedeploy");
  codepipeline: typeof import("@aws-sdk/client-codepipeline");
  "codestar-connections": typeof import("@aws-sdk/client-codestar-connections");
  "codestar-notifications": NotificationsModel;
  dynamodb: typeof import("@aws-sdk/client-dynamodb");
  dynamodbstreams: typeof import("@aws-sdk/client-dynamodb-streams");
  ecr: typeof import("@aws-sdk/client-ecr");
  /** What answers at an API's own address: connections of WebSocket APIs are managed there. */
  "execute-api": typeof import("@aws-sdk/client-apigatewaymanagementapi");
  events: typeof import("@aws-sdk/client-eventbridge");
  git: GitHostModel;
  iam: typeof import("@aws-sdk/client-iam");
  kms: typeof import("@aws-sdk/client-kms");
  lambda: typeof import("@aws-sdk/client-lambda");
  logs: typeof import("@aws-sdk/client-cloudwatch-logs");
  pipes: typeof import("@aws-sdk/client-pipes");
  s3: typeof import("@aws-sdk/client-s3");
  scheduler: typeof import("@aws-sdk/client-scheduler");
  secretsmanager: typeof import("@aws-sdk/client-secrets-manager");
  sns: typeof import("@aws-sdk/client-sns");
  sqs: typeof import("@aws-sdk/client-sqs");
  ssm: typeof import("@aws-sdk/client-ssm");
  states: typeof import("@aws-sdk/client-sfn");
  sts: typeof import("@aws-sdk/client-sts");
  xray: typeof import("@aws-sdk/client-xray");
}

export type ServiceName = keyof AwsModels;

/** The names of a client's operations. */
export type OperationName<M> = keyof M extends infer K ? (K extends `${infer O}Command` ? O : never) : never;

type CommandOf<M, O extends string> = `${O}Command` extends keyof M ? M[`${O}Command`] : never;
type InstanceOf<C> = C extends abstract new (...args: never[]) => infer I ? I : never;
type SdkInput<M, O extends string> = InstanceOf<CommandOf<M, O>> extends { readonly input: infer I } ? I : never;
type SdkOutput<M, O extends string> = GetOutputType<InstanceOf<CommandOf<M, O>>>;

/** What an operation takes, once its required members are known to be there. */
export type InputOf<M, O extends string> = Validated<SdkInput<M, O>>;
/** What a caller passes: the SDK's own input. */
export type CallInputOf<M, O extends string> = SdkInput<M, O>;
/** What an operation answers. */
export type OutputOf<M, O extends string> = Answer<Omit<SdkOutput<M, O>, "$metadata">>;

/** Inputs by service and operation, as callers pass them. A table, because inference through it keeps the operation's name. */
export type CallInputs = { [S in ServiceName]: { [O in OperationName<AwsModels[S]>]: CallInputOf<AwsModels[S], O> } };
/** Outputs by service and operation. */
export type CallOutputs = { [S in ServiceName]: { [O in OperationName<AwsModels[S]>]: OutputOf<AwsModels[S], O> } };

/** A body that streams in. */
export type BodyIn = Readable;
/** A body that streams out. */
export type BodyOut = AsyncIterable<Uint8Array> | Uint8Array | string;

type Leaf = string | number | boolean | bigint | Date | Uint8Array | null | undefined;

/**
 * The SDK types required members as `T | undefined`; validation has made sure of them by the time an operation runs.
 * Streaming members become Node streams.
 */
export type Validated<T> = T extends Leaf
  ? T
  : T extends readonly (infer E)[]
    ? Validated<E>[]
    : Readable extends T
      ? BodyIn
      : T extends AsyncIterable<unknown>
        ? T
        : { [K in keyof T]: object extends Pick<T, K> ? ValidatedMember<T[K]> : NonNullable<ValidatedMember<T[K]>> };

type ValidatedMember<V> = Readable extends V ? BodyIn : Uint8Array extends V ? BlobMember<V> : Validated<V>;
type BlobMember<V> = undefined extends V ? Uint8Array | undefined : Uint8Array;

/** The same for answers: streams may be whole, and blobs are plain bytes. */
export type Answer<T> = T extends Leaf
  ? T
  : T extends readonly (infer E)[]
    ? readonly Answer<E>[]
    : T extends { transformToByteArray: unknown }
      ? BodyOut
      : T extends AsyncIterable<unknown>
        ? T
        : { [K in keyof T]: AnswerMember<T[K]> };

type AnswerMember<V> = NonNullable<V> extends Uint8Array ? BlobMember<V> : Answer<V>;
