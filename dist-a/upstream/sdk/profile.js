// What the AWS CLI writes to ~/.aws, as far as the SDK's clients do not read it by themselves.
import { sdkConfig } from '../aws-sdk.js';
/** The region of the profile in use, in the SDK's order: of ~/.aws/credentials, else of ~/.aws/config. */
export const readProfileRegion = () => sdkConfig.loadConfig({
    environmentVariableSelector: () => undefined,
    configFileSelector: (profile) => profile[sdkConfig.REGION_INI_NAME],
    default: undefined,
}, sdkConfig.NODE_REGION_CONFIG_FILE_OPTIONS)();
