import { AwsError, errorCode, NotImplemented } from "../../../../kernel/errors.ts";
import type { Principal } from "../../../../kernel/principal.ts";
import type { Room } from "../../room.ts";
import { sourceArn } from "../addresses.ts";
import type { Authorized, IamCaller } from "../model.ts";
import type { ApiRequest } from "../request.ts";
import { FORBIDDEN } from "../responses.ts";

/**
 * Lets through who signed for `execute-api` and may invoke the route.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 */
export const askIam = async (room: Room, request: ApiRequest): Promise<Authorized> => {
  try {
    const principal = await room.signedCaller(request.http, request.bytes, "execute-api", (principal) => ({
      ctx: room.contextAs(principal),
      requests: [{ action: "execute-api:Invoke", resource: sourceArn(room, request), resourceAccount: room.account }],
    }));
    return { caller: { kind: "iam", iam: iamCaller(principal) } };
  } catch (error) {
    if (error instanceof NotImplemented || !isRefusal(error)) throw error;
    // AWS: an HTTP API does not say what was wrong with the signature, or which policy refused.
    return { refusal: FORBIDDEN };
  }
};

const isRefusal = (error: unknown): boolean => error instanceof AwsError || errorCode(error).startsWith("AccessDenied");

const iamCaller = (principal: Principal): IamCaller => ({
  accessKey: "accessKeyId" in principal ? (principal.accessKeyId ?? null) : null,
  accountId: principal.account,
  callerId: "userId" in principal ? principal.userId : null,
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: "arn" in principal ? principal.arn : null,
  userId: "userId" in principal ? principal.userId : null,
});
