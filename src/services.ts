import type { ServiceLoaders } from "./kernel/rooms.ts";

/** Every service of the cloud; each is loaded on its first use. */
export const serviceLoaders: ServiceLoaders = {
  apigateway: () => import("./services/apigateway/service.ts").then((service) => service.default),
  apigatewayv2: () => import("./services/apigatewayv2/service.ts").then((service) => service.default),
  cloudformation: () =>
    import("./services/cloudformation/service.ts").then(({ cloudFormation, resourceTypesOf }) =>
      cloudFormation({ types: resourceTypesOf(async (name) => serviceLoaders[name]?.()) }),
    ),
  cloudwatch: () => import("./services/cloudwatch/service.ts").then((service) => service.default),
  codebuild: () => import("./services/codebuild/service.ts").then((service) => service.default),
  codecommit: () => import("./services/codecommit/service.ts").then((service) => service.default),
  codeconnections: () => import("./services/codeconnections/service.ts").then((service) => service.default),
  codedeploy: () => import("./services/codedeploy/service.ts").then((service) => service.default),
  codepipeline: () => import("./services/codepipeline/service.ts").then((service) => service.default),
  "codestar-connections": () => import("./services/codeconnections/firstName.ts").then((service) => service.default),
  "codestar-notifications": () =>
    import("./services/codestar-notifications/service.ts").then((service) => service.default),
  dynamodb: () => import("./services/dynamodb/service.ts").then((service) => service.default),
  dynamodbstreams: () => import("./services/dynamodbstreams/service.ts").then((service) => service.default),
  git: () => import("./services/git/service.ts").then((service) => service.default),
  iam: () => import("./services/iam/service.ts").then((service) => service.default),
  kms: () => import("./services/kms/service.ts").then((service) => service.default),
  lambda: () => import("./services/lambda/service.ts").then((service) => service.default),
  logs: () => import("./services/logs/service.ts").then((service) => service.default),
  pipes: () => import("./services/pipes/service.ts").then((service) => service.default),
  s3: () => import("./services/s3/service.ts").then((service) => service.default),
  scheduler: () => import("./services/scheduler/service.ts").then((service) => service.default),
  secretsmanager: () => import("./services/secretsmanager/service.ts").then((service) => service.default),
  sqs: () => import("./services/sqs/service.ts").then((service) => service.default),
  ssm: () => import("./services/ssm/service.ts").then((service) => service.default),
  states: () => import("./services/states/service.ts").then((service) => service.default),
  sts: () => import("./services/sts/service.ts").then((service) => service.default),
  sns: () => import("./services/sns/service.ts").then((service) => service.default),
  ecr: () => import("./services/ecr/service.ts").then((service) => service.default),
  xray: () => import("./services/xray/service.ts").then((service) => service.default),
  events: () => import("./services/events/service.ts").then((service) => service.default),
};
