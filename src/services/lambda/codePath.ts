/** Where functions' code is loaded from: `/_lambda/code/ACCOUNT/REGION/TOKEN`. */
export const CODE_PATH = "/_lambda/code/";
