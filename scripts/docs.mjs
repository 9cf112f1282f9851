// Writes what stands between `<!-- generated: NAME -->` and `<!-- /generated -->` in docs/, from the built program.
// npm run docs; with --check nothing is written, and it fails where a part is not current.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as awsModel from './docs/aws-model.mjs';
import { callRates } from './docs/call-rates.mjs';
import * as chartSettings from './docs/chart-settings.mjs';
import { cli } from './docs/cli.mjs';
import { control, controlKinds } from './docs/control.mjs';
import { errorCodes, mutationErrors } from './docs/errors.mjs';
import { limits } from './docs/limits.mjs';
import { metrics } from './docs/metrics.mjs';
import { enums, inputs, mutations, objects, queries, scalars, subscriptions } from './docs/schema.mjs';
import { scopes } from './docs/scopes.mjs';
import { settings } from './docs/settings.mjs';
import * as worldSchema from './docs/world-schema.mjs';

/** Each makes Markdown. */
const generators = {
  'call rates': callRates,
  'command line': cli,
  'control API': control,
  'control API kinds': controlKinds,
  enums,
  'error codes': errorCodes,
  inputs,
  limits,
  metrics,
  'mutation errors': mutationErrors,
  mutations,
  objects,
  queries,
  scalars,
  scopes,
  settings,
  subscriptions,
};

const PART = /(<!-- generated: (.*?) -->\n)[\s\S]*?(<!-- \/generated -->)/g;

const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file))
  .sort();

/** @param {string} file */
async function currentTextOf(file) {
  const text = readFileSync(file, 'utf8');
  /** @type {Map<string, string>} */
  const made = new Map();
  for (const [, , name = ''] of text.matchAll(PART)) {
    const generate = generators[/** @type {keyof typeof generators} */ (name)];
    if (!generate)
      throw new Error(`${file}: expected one of ${Object.keys(generators).join(', ')}, got ${name}`);
    made.set(name, await generate());
  }
  return text.replaceAll(PART, (_, begin, name, end) => `${begin}\n${made.get(name)}\n\n${end}`);
}

const isCheck = process.argv.includes('--check');
for (const file of pages) {
  const current = await currentTextOf(file);
  if (current === readFileSync(file, 'utf8')) continue;
  if (isCheck) {
    console.error(`${file} is not current: npm run docs`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, current);
    console.error(`${file} written`);
  }
}

for (const file of [worldSchema, awsModel, chartSettings]) {
  if (file.isCurrent()) continue;
  if (isCheck) process.exitCode = 1;
  else file.write();
  console.error(`${file.FILE} ${isCheck ? 'is not current: npm run docs' : 'written'}`);
}
