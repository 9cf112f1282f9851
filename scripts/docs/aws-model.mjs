// The emulator's copy of what the AWS SDK declares.
import { readFileSync, writeFileSync } from 'node:fs';
import { describeSdk } from '../../dist/emulator/model/sdk-model.js';

export const FILE = 'src/emulator/model/aws-model.json';

/** A structure, an operation and an enumeration are a line each: an upgrade of the SDK is read in the diff. */
const text = `${JSON.stringify(describeSdk(), null, 1).replace(/\n {4,}|\n {3}(?=[}\]])/g, ' ')}\n`;

export const isCurrent = () => readFileSync(FILE, { encoding: 'utf8', flag: 'a+' }) === text;

/** The build has a copy. */
export function write() {
  for (const file of [FILE, FILE.replace('src', 'dist')]) writeFileSync(file, text);
}
