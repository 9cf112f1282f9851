// A part of a list, over as many of AWS’s pages as it takes: returned when all is read or, incrementally, while it is read.

/** Its cursor is made when it is selected, once. */
export class Edge<Node> {
  readonly node: Node;
  readonly #makeCursor: () => string;
  #cursor: string | undefined;

  constructor(node: Node, makeCursor: () => string) {
    this.node = node;
    this.#makeCursor = makeCursor;
  }

  get cursor(): string {
    this.#cursor ??= this.#makeCursor();
    return this.#cursor;
  }
}
/** Where a stretch ends. */
interface Ending {
  hasNextPage: boolean;
  /** When it is not the cursor of the last item. */
  endCursor?: string;
}
/** What one page of AWS adds to a stretch. The last one says how it ends. */
export interface EdgePage<Node> {
  edges: Edge<Node>[];
  ending?: Ending;
}

export class PageReader<Node> {
  readonly #pages: AsyncIterator<EdgePage<Node>, EdgePage<Node>>;
  readonly #read: Edge<Node>[] = [];
  #ending: Ending | undefined;
  /** Of the next page, for all who wait for it. It stays when it has failed: who comes later hears of it, too. */
  #reading: Promise<void> | undefined;

  constructor(pages: AsyncIterator<EdgePage<Node>, EdgePage<Node>>) {
    this.#pages = pages;
  }

  /** All of it, when all of it is read. */
  async whole() {
    while (!this.#ending) await this.#readOn();
    return { edges: this.#read, pageInfo: this.#pageInfo(this.#ending) };
  }

  /** The first page is read at once, also to fail with it; each other one is read when its items are requested. */
  async growing() {
    await this.#readOn();
    if (this.#ending) return this.whole();
    const stretch = this;
    return {
      edges: { [Symbol.asyncIterator]: () => stretch.#fromStart() },
      get pageInfo() {
        return stretch.whole().then(({ pageInfo }) => pageInfo);
      },
    };
  }

  #readOn(): Promise<void> {
    this.#reading ??= this.#pages.next().then(({ value: { edges, ending } }) => {
      this.#read.push(...edges);
      this.#ending = ending;
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async *#fromStart(): AsyncGenerator<Edge<Node>> {
    for (let index = 0; ; index += 1) {
      while (index === this.#read.length && !this.#ending) await this.#readOn();
      const edge = this.#read[index];
      if (!edge) return;
      yield edge;
    }
  }

  #pageInfo({ hasNextPage, endCursor }: Ending) {
    const read = this.#read;
    return {
      hasNextPage,
      hasPreviousPage: false,
      get startCursor() {
        return read[0]?.cursor ?? null;
      },
      get endCursor() {
        return endCursor ?? read.at(-1)?.cursor ?? null;
      },
    };
  }
}
