import { NotImplemented } from "../kernel/errors.ts";
import { type HttpRequest, type HttpResponse, header } from "../kernel/http.ts";

/**
 * The answer for a service that this cloud has not: as JSON, or as XML to clients of the query protocols and of S3's kin
 * (`s3express`, `s3-outposts`), so that each can read why.
 */
export const strangerAnswer = (request: HttpRequest, service: string, requestId: string): HttpResponse => {
  request.body.resume();
  const { code, message, statusCode: status } = new NotImplemented(`the service ${service}`);
  const isForm = header(request.headers, "content-type")?.startsWith("application/x-www-form-urlencoded");
  if (service.startsWith("s3")) {
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    return { status, headers: { "content-type": "application/xml", "x-amz-request-id": requestId }, body };
  }
  if (!isForm) {
    return {
      status,
      headers: { "content-type": "application/json", "x-amzn-errortype": code, "x-amzn-RequestId": requestId },
      body: JSON.stringify({ __type: code, message }),
    };
  }
  const error = `<Code>${code}</Code><Message>${message}</Message>`;
  // AWS: EC2 has a form of its own.
  const body =
    service === "ec2"
      ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>${requestId}</RequestID></Response>`
      : `<ErrorResponse><Error><Type>Receiver</Type>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status, headers: { "content-type": "text/xml", "x-amzn-RequestId": requestId }, body };
};
