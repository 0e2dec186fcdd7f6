/** Where responses of custom resources and wait conditions come in. */
export const RESPONSES = "/_cloudformation/responses/";
