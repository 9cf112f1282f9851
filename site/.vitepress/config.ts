// The pages of docs/ as a site with local search: npm ci && npm run build, in this folder. The build fails at dead links.
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { defineConfig } from 'vitepress';

const REPOSITORY = 'https://github.com/ivs-graphql/ivs-graphql';
const docs = join(import.meta.dirname, '../../docs');
const index = readFileSync(join(docs, 'README.md'), 'utf8');

/** The sections of the index, with the pages in their order. */
const sidebar = index
  .split(/^## /m)
  .slice(2)
  .map((section) => ({
    text: section.split('\n', 1)[0] ?? '',
    collapsed: false,
    items: [...section.matchAll(/\[([^\]]+)\]\(([\w/-]+)\.md\)/g)].map(([, text = '', page = '']) => ({
      text: text.replaceAll('`', ''),
      link: `/${page.replace(/README$/, '')}`,
    })),
  }));

/** Files of the repository that are no pages of the site. */
function inRepository(page: string, link: string): string {
  const path = normalize(join('docs', dirname(page), link));
  return path.startsWith('docs/') ? link : `${REPOSITORY}/blob/main/${path}`;
}

export default defineConfig({
  title: 'ivs-graphql',
  description: 'One GraphQL API for Amazon IVS Real-Time and Low-Latency',
  // A copy, since Vite finds its packages only from folders inside of this one.
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: '.vitepress/cache',
  rewrites: { 'README.md': 'index.md', 'decisions/README.md': 'decisions/index.md' },
  // The gateway of the reader's own machine
  ignoreDeadLinks: 'localhostLinks',
  themeConfig: {
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    editLink: { pattern: `${REPOSITORY}/edit/main/docs/:path` },
  },
  markdown: {
    config: (markdown) => {
      markdown.core.ruler.push('links into the repository', ({ tokens, env }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const link = token.attrGet('href');
          if (link?.startsWith('.')) token.attrSet('href', inRepository(env.relativePath, link));
        }
      });
    },
  },
});
