// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
export const MAX_RESOURCES = 500;
export const MAX_PARAMETERS = 200;
export const MAX_OUTPUTS = 200;
export const MAX_MAPPINGS = 200;
export const MAX_MAPPING_ATTRIBUTES = 200;
export const MAX_DESCRIPTION_BYTES = 1024;
export const MAX_NAME_CHARACTERS = 255;
export const MAX_PARAMETER_VALUE_BYTES = 4096;
/** A template given in the request itself. */
export const MAX_BODY_TEMPLATE_BYTES = 51_200;
/** A template given by an S3 address. */
export const MAX_S3_TEMPLATE_BYTES = 1_048_576;
/** Bounds our own recursion; AWS has none documented, and real templates stay below twenty. */
export const MAX_DEPTH = 200;
