// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html

/** Streams and shards that one answer names by default, and at most. */
export const MAX_LIST_PAGE = 100;
/** Records and bytes that one GetRecords answers at most. */
export const MAX_RECORDS = 1000;
export const MAX_RECORD_BYTES = 1024 * 1024;
/** For so long a shard iterator can be used. */
export const ITERATOR_LIFE_MS = 15 * 60 * 1000;
