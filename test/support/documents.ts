// README.md, docs/ and the other documents, as tests read them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    });
/** What the repository holds of a folder, without packages. */
export const filesOf = (folder: string, ending: RegExp): string[] =>
  filesIn(folder)
    .filter((file) => ending.test(file))
    .sort();

const inRoot = readdirSync(root).filter((name) => name.endsWith('.md'));
export const pages = filesOf('docs', /\.md$/);
/** In the order in which their blocks can run: README.md starts the gateway. */
export const documents = ['README.md', ...inRoot.filter((name) => name !== 'README.md'), ...pages];

interface Block {
  language: 'sh' | 'graphql';
  text: string;
  /** The block below it; `…` stands for any text. */
  output: string | undefined;
  /** The comment above it. */
  mark: string;
}

const BLOCK = /(?:<!-- (.*) -->\n)?```(sh|graphql)\n([\s\S]*?)```(?:\s*```(?:json|text)\n([\s\S]*?)```)?/g;

/** The blocks that run, of one document. */
export const blocksOf = (file: string): Block[] =>
  [...textOf(file).matchAll(BLOCK)]
    .map(([, mark = '', language, text = '', output]) => ({
      language: language as Block['language'],
      text,
      output,
      mark,
    }))
    .filter(({ mark }) => !mark.startsWith('not run'));
