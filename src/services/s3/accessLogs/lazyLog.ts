import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import { s3Address } from "../../../kernel/s3Address.ts";
import { isS3Room } from "../isRoom.ts";

/** Only S3's answers carry this header. */
const S3_ANSWER = "x-amz-id-2";

/** Notes answered requests to buckets whose access is logged. `peek` gives S3's room where it is open. */
export const s3AccessLog =
  (peek: () => unknown) =>
  (request: HttpRequest, response: HttpResponse): void => {
    if (!(S3_ANSWER in response.headers)) return;
    const room = peek();
    const { bucket } = s3Address(request);
    if (bucket === undefined || !isS3Room(room) || !room.configurations.logging.has(bucket)) return;
    const answeredAt = room.clock.now();
    room.tasks.spawn(`access log of ${bucket}`, async () => {
      const { keepAccess } = await import("./keep.ts");
      keepAccess(room, bucket, { request, response, answeredAt });
    });
  };
