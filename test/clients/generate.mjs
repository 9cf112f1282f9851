// What the clients' own compilers make of the schema and of the documents here.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

for (const client of ['relay', 'apollo', 'urql', 'tada', 'codegen'])
  rmSync(`${client}/generated`, { recursive: true, force: true });
// Relay adds to a file that must be there.
mkdirSync('relay/generated', { recursive: true });
writeFileSync('relay/generated/persisted.json', '{}');

const here = import.meta.dirname;
for (const [cwd, command, ...args] of [
  [`${here}/relay`, 'relay-compiler', 'relay.config.json', '--noWatchman'],
  [here, 'graphql-codegen', '--config', 'codegen/codegen.ts', '--silent'],
  [here, 'gql.tada', 'generate', 'output'],
]) {
  const bin = `${here}/node_modules/.bin/${command}`;
  const { status, stdout, stderr } = spawnSync(bin, args, { cwd, encoding: 'utf8' });
  if (status === 0) continue;
  console.error(`${command}: ${stdout}${stderr}`);
  process.exit(1);
}
