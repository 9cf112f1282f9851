// GraphiQL's page from our own files: a browser without internet shows it. It and its renderer are loaded with this module.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { amend } from './bundle.js';
import { examples } from './examples.js';
const BEGIN = 'YogaGraphiQL.renderYogaGraphiQL(';
/** Without it a phone lays the page out as for a desk, and shrinks it. */
const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">';
const scripts = ['graphiql.js', 'answers.js', 'cost.js', 'curl.js', 'storage.js'];
const ours = (file) => readFileSync(new URL(`./page/${file}`, import.meta.url), 'utf8');
/** Where nobody needs a token, there is no place for one. */
const headersOf = (needsToken) => ({
    ...(needsToken && { authorization: 'Bearer <paste your token here>' }),
    'x-ivs-cost': '1',
});
const optionsFor = (needsToken) => ({
    title: 'ivs-graphql',
    defaultEditorToolsVisibility: needsToken ? 'headers' : 'variables',
    headers: pretty(headersOf(needsToken)),
    defaultTabs: examples.map(({ query, variables, headers }) => ({
        query,
        headers: pretty({ ...headersOf(needsToken), ...headers }),
        ...(variables && { variables: pretty(variables) }),
    })),
});
const pretty = (value) => JSON.stringify(value, null, 2);
/** A third of a second for 1.9 MB; the best, 11, takes 15 seconds for 1.7. */
const QUALITY = 6;
export async function makePage(needsToken) {
    const html = pageOf(optionsFor(needsToken));
    const etag = `"${createHash('sha256').update(html).digest('base64url')}"`;
    const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
    return { html, brotli: new Uint8Array(await promisify(brotliCompress)(html, { params })), etag };
}
function pageOf(options) {
    const [before, after, ...more] = amend(renderGraphiQL(options)).split(BEGIN);
    if (!before || !after || more.length > 0)
        throw new Error(`Expected GraphiQL to begin with ${BEGIN} once`);
    const head = `${VIEWPORT}<style>${ours('graphiql.css')}</style><script>${scripts.map(ours).join('')}</script></head>`;
    return `${before.replace('</head>', () => head)}beginGraphiQL(${after}`;
}
