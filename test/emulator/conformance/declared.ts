// The errors that each operation declares. The SDK's schemas leave them out; the comments on its commands name them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Operation } from '../../../src/emulator/model/model.ts';

const packages = { ivs: '@aws-sdk/client-ivs', 'ivs-realtime': '@aws-sdk/client-ivs-realtime' };
const { resolve } = createRequire(import.meta.url);

export function declaredErrors({ service, name }: Operation): Set<string> {
  const types = join(dirname(resolve(packages[service])), '../dist-types/commands', `${name}Command.d.ts`);
  const named = [...readFileSync(types, 'utf8').matchAll(/@throws \{@link (\w+)\}/g)].map(
    ([, type]) => type as string,
  );
  return new Set(named.filter((type) => !/^(Ivs|IVSRealTime)ServiceException$/.test(type)));
}
