import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";

interface Answer {
  /** Undefined for the two that only stand in for others. */
  readonly statusCode: number | undefined;
  /** AWS: of authorizers that fail, nothing is said. */
  readonly message: string | null;
  /** What the header `x-amzn-errortype` says. */
  readonly errorType: string;
}

/** What API Gateway answers by itself. https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
export const GATEWAY_ANSWERS: Readonly<Record<GatewayResponseType, Answer>> = {
  ACCESS_DENIED: answer(403, "User is not authorized to access this resource", "AccessDeniedException"),
  API_CONFIGURATION_ERROR: answer(500, "Internal server error", "InternalServerErrorException"),
  AUTHORIZER_CONFIGURATION_ERROR: answer(500, null, "AuthorizerConfigurationException"),
  AUTHORIZER_FAILURE: answer(500, null, "AuthorizerFailureException"),
  BAD_REQUEST_BODY: answer(400, "Invalid request body", "BadRequestException"),
  BAD_REQUEST_PARAMETERS: answer(400, "Missing required request parameters", "BadRequestException"),
  DEFAULT_4XX: answer(undefined, "", ""),
  DEFAULT_5XX: answer(undefined, "", ""),
  EXPIRED_TOKEN: answer(403, "The security token included in the request is expired", "ExpiredTokenException"),
  INTEGRATION_FAILURE: answer(504, "Internal server error", "InternalServerErrorException"),
  INTEGRATION_TIMEOUT: answer(504, "Endpoint request timed out", "InternalServerErrorException"),
  INVALID_API_KEY: answer(403, "Forbidden", "ForbiddenException"),
  INVALID_SIGNATURE: answer(403, "The request signature we calculated does not match", "InvalidSignatureException"),
  MISSING_AUTHENTICATION_TOKEN: answer(403, "Missing Authentication Token", "MissingAuthenticationTokenException"),
  QUOTA_EXCEEDED: answer(429, "Limit Exceeded", "LimitExceededException"),
  REQUEST_TOO_LARGE: answer(413, "Request Too Long", "RequestTooLargeException"),
  RESOURCE_NOT_FOUND: answer(404, "Not Found", "NotFoundException"),
  THROTTLED: answer(429, "Too Many Requests", "TooManyRequestsException"),
  UNAUTHORIZED: answer(401, "Unauthorized", "UnauthorizedException"),
  UNSUPPORTED_MEDIA_TYPE: answer(415, "Unsupported Media Type", "UnsupportedMediaTypeException"),
  WAF_FILTERED: answer(403, "Forbidden", "ForbiddenException"),
};

function answer(statusCode: number | undefined, message: string | null, errorType: string): Answer {
  return { statusCode, message, errorType };
}

export const isGatewayResponseType = (name: string): name is GatewayResponseType =>
  Object.hasOwn(GATEWAY_ANSWERS, name);

export const GATEWAY_RESPONSE_TYPES: readonly GatewayResponseType[] =
  Object.keys(GATEWAY_ANSWERS).filter(isGatewayResponseType);
