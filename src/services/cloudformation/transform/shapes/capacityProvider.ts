import { any, decimal, dict, either, flag, list, may, must, object, type Shape, text, whole } from "./shape.ts";

const intrinsicOr = (shape: Shape): Shape => either(dict, shape);
const texts = intrinsicOr(list(intrinsicOr(text)));

/** The properties of AWS::Serverless::CapacityProvider. */
export const CAPACITY_PROVIDER = object({
  CapacityProviderName: may(any),
  VpcConfig: must(object({ SecurityGroupIds: may(texts), SubnetIds: must(texts) })),
  OperatorRole: may(any),
  Tags: may(dict),
  PropagateTags: may(flag),
  InstanceRequirements: may(object({ Architectures: may(texts), AllowedTypes: may(texts), ExcludedTypes: may(texts) })),
  ScalingConfig: may(
    object({ MaxVCpuCount: may(intrinsicOr(whole)), AverageCPUUtilization: may(intrinsicOr(decimal)) }),
  ),
  KmsKeyArn: may(any),
});

/** A function's CapacityProviderConfig. */
export const CAPACITY_PROVIDER_CONFIG = object({
  Arn: must(intrinsicOr(text)),
  PerExecutionEnvironmentMaxConcurrency: may(intrinsicOr(whole)),
  ExecutionEnvironmentMemoryGiBPerVCpu: may(either(dict, whole, decimal)),
});
