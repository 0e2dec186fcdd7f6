/** Where webhooks are sent what happened: `/_codepipeline/webhooks/ACCOUNT/REGION/TOKEN`. */
export const WEBHOOKS = "/_codepipeline/webhooks/";
