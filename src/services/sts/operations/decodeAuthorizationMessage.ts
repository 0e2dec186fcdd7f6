import { InvalidAuthorizationMessageException } from "@aws-sdk/client-sts";
import type { Operation } from "../room.ts";

/** No service here encodes why it refuses: there is no message that could be decoded. */
export const decodeAuthorizationMessage = (): Operation<"DecodeAuthorizationMessage"> => async () => {
  throw new InvalidAuthorizationMessageException({
    message: "Message is not valid.",
    $metadata: {},
  });
};
