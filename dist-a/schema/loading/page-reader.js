// A stretch of a list, over as many of AWS’s pages as it takes: told when all is read or, in parts, while it is read.
export class PageReader {
    #pages;
    #read = [];
    #ending;
    /** Of the next page, for all who wait for it. It stays when it has failed: who comes later hears of it, too. */
    #reading;
    constructor(pages) {
        this.#pages = pages;
    }
    /** All of it, when all of it is read. */
    async whole() {
        while (!this.#ending)
            await this.#readOn();
        return { edges: this.#read, pageInfo: this.#pageInfo(this.#ending) };
    }
    /** What the first page tells is there, also that it failed; each other one is read when somebody asks for its items. */
    async growing() {
        await this.#readOn();
        if (this.#ending)
            return this.whole();
        const stretch = this;
        return {
            edges: { [Symbol.asyncIterator]: () => stretch.#fromStart() },
            get pageInfo() {
                return stretch.whole().then(({ pageInfo }) => pageInfo);
            },
        };
    }
    #readOn() {
        this.#reading ??= this.#pages.next().then(({ value: { edges, ending } }) => {
            this.#read.push(...edges);
            this.#ending = ending;
            this.#reading = undefined;
        });
        return this.#reading;
    }
    async *#fromStart() {
        for (let told = 0;; told += 1) {
            while (told === this.#read.length && !this.#ending)
                await this.#readOn();
            const edge = this.#read[told];
            if (!edge)
                return;
            yield edge;
        }
    }
    #pageInfo({ hasNextPage, endCursor = this.#read.at(-1)?.cursor }) {
        return {
            hasNextPage,
            hasPreviousPage: false,
            startCursor: this.#read[0]?.cursor ?? null,
            endCursor: endCursor ?? null,
        };
    }
}
