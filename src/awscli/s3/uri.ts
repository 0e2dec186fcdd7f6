import { usageError } from "../io.ts";

/** Where something is copied from or to. */
export type Place = S3Place | LocalPlace | StreamPlace;

export interface S3Place {
  readonly kind: "s3";
  readonly bucket: string;
  readonly key: string;
}

export interface LocalPlace {
  readonly kind: "local";
  readonly path: string;
}

/** `-`: the standard input or output. */
export interface StreamPlace {
  readonly kind: "stream";
}

/** A word of the command line as a place. */
export const placeOf = (word: string): Place => {
  if (word === "-") return { kind: "stream" };
  return word.startsWith("s3://") ? s3PlaceOf(word) : { kind: "local", path: word };
};

/** `s3://BUCKET/KEY`; the key may be empty. */
export const s3PlaceOf = (word: string): S3Place => {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(word) ?? [];
  if (bucket === undefined) throw usageError(`Invalid argument type: ${word}`);
  return { kind: "s3", bucket, key };
};

/** As the AWS CLI names a place in what it prints. */
export const shown = (place: Place): string => {
  if (place.kind === "s3") return `s3://${place.bucket}/${place.key}`;
  if (place.kind === "stream") return "-";
  return place.path.includes("/") ? place.path : `./${place.path}`;
};
