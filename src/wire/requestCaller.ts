import type { Caller } from "../kernel/callContext.ts";
import { type HttpRequest, header } from "../kernel/http.ts";
import { type Principal, traceOfSession } from "../kernel/principal.ts";

/** Where a request comes from. Its signal is made when it is asked for: few operations wait for anything. */
export class RequestCaller implements Caller {
  readonly principal: Principal;
  readonly region: string;
  readonly requestId: string;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
  readonly traceId: string | undefined;
  private readonly request: HttpRequest;

  constructor(
    request: HttpRequest,
    { principal, region, requestId }: Pick<Caller, "principal" | "region" | "requestId">,
  ) {
    this.request = request;
    this.principal = principal;
    this.region = region;
    this.requestId = requestId;
    this.sourceIp = request.remoteAddress;
    this.userAgent = header(request.headers, "user-agent");
    this.traceId = header(request.headers, "x-amzn-trace-id") ?? traceOfSession(principal);
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }
}
