// The JSON Schema of world files, for editors.
import { readFileSync, writeFileSync } from 'node:fs';
import { worldSchema } from '../../dist/emulator/world-file/json-schema.js';

export const FILE = 'schemas/world.schema.json';
const text = `${JSON.stringify(worldSchema(), null, 2)}\n`;

export const isCurrent = () => readFileSync(FILE, { encoding: 'utf8', flag: 'a+' }) === text;
export const write = () => writeFileSync(FILE, text);
