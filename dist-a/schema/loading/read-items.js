import { TokenTrail } from './token-trail.js';
export async function readItems(list, maxPages, fetchPage) {
    const items = [];
    const tokens = new TokenTrail(list);
    let nextToken;
    for (let pages = 0; pages < maxPages; pages += 1) {
        const page = await fetchPage({ nextToken, maxResults: list.pageMax });
        items.push(...(page.items ?? []));
        if (!page.nextToken)
            return { items, isWhole: true };
        nextToken = tokens.follow(page.nextToken);
    }
    return { items, isWhole: false };
}
