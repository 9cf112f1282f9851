// The help of each command, as the program prints it. The settings of `serve` have a page of their own.
import { spawnSync } from 'node:child_process';

/** @param {string[]} args */
function helpOf(...args) {
  const { stdout, status } = spawnSync(process.execPath, ['dist/main.js', ...args, '--help'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`ivs-graphql ${args.join(' ')} --help: exit code ${status}`);
  const text = stdout.replace(/^Settings[\s\S]*?\n\n/m, '').trimEnd();
  const name = ['ivs-graphql', ...args].join(' ');
  return `### ${name}\n\n\`\`\`text\n${text}\n\`\`\``;
}

export const cli = () => [helpOf(), helpOf('serve'), helpOf('emulator'), helpOf('schema')].join('\n\n');
