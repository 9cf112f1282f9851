// The library: a gateway inside of another application. It reads no settings from the environment, installs no handlers of
// signals, and ends completely.
import type { CreateIvsGateway } from './library/api.ts';
import { createGateway } from './library/create.ts';

export { ConfigError } from './config/config-error.ts';
export type * from './library/api.ts';

export const createIvsGateway: CreateIvsGateway = createGateway;
