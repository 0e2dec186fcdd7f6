import type { Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import { AwsError } from "../../../kernel/errors.ts";
import { malformedPost, preconditionFailed } from "../errors.ts";

/** A form up to its file: AWS looks at nothing that comes after it. */
export interface PostForm {
  /** By their names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Readable;
  /** As the browser named it; absent where the file came as a plain field. */
  readonly filename: string | undefined;
}

/** Bytes of all fields before the file together. */
const MAX_FIELD_BYTES = 20 * 1024;

/** Reads a form's fields, and hands over its file as it comes. */
export const readForm = (contentType: string, body: Readable): Promise<PostForm> => {
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    body.resume();
    throw preconditionFailed("Bucket POST must be of the enclosure-type multipart/form-data");
  }
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    let bytes = 0;
    const give = (error: unknown) => {
      body.unpipe();
      body.resume();
      reject(error instanceof AwsError ? error : malformedPost());
    };
    const parser = parserOf(contentType, give);
    if (!parser) return;
    let found = false;
    parser.on("field", (name, value) => {
      bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
      if (bytes > MAX_FIELD_BYTES) give(tooManyFields());
      if (!found) fields.set(name.toLowerCase(), value);
    });
    parser.on("file", (_name, file, filename: string | undefined) => {
      if (found) return void file.resume();
      found = true;
      // A form that breaks off is told to whoever reads the file, which may be later.
      file.on("error", () => undefined);
      resolve({ fields, file, filename });
    });
    parser.on("finish", () => {
      if (!found) give(missingFile());
    });
    parser.on("error", give);
    body.on("error", give);
    body.pipe(parser);
  });
};

const parserOf = (contentType: string, give: (error: unknown) => void): Busboy | undefined => {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      preservePath: true,
      // AWS: the field of that name is the file, whatever its part says of itself.
      isPartAFile: (name) => name?.toLowerCase() === "file",
      limits: { fieldSize: MAX_FIELD_BYTES },
    });
  } catch (error) {
    give(error);
    return undefined;
  }
};

const tooManyFields = () =>
  new AwsError(
    "MaxPostPreDataLengthExceeded",
    "Your POST request fields preceding the upload file were too large.",
    400,
    { MaxSizeAllowed: String(MAX_FIELD_BYTES) },
  );

const missingFile = () =>
  new AwsError("InvalidArgument", "POST requires exactly one file upload per request.", 400, {
    ArgumentName: "file",
    ArgumentValue: "0",
  });
