/** As what API Gateway calls others, and the name of its sessions of their roles. */
export const SERVICE = "apigateway.amazonaws.com";
export const ROLE_SESSION = "BackplaneAssumeRoleSession";
