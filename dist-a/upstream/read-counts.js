export class ReadCounts {
    #counts = new Map();
    count({ operation, target: { region } }, what) {
        const regions = this.#counts.get(operation) ?? new Map();
        const served = regions.get(region) ?? { hits: 0, misses: 0, coalesced: 0 };
        served[what] += 1;
        if (served.hits + served.misses + served.coalesced > 1)
            return;
        this.#counts.set(operation, regions.set(region, served));
    }
    facts() {
        return [...this.#counts].flatMap(([{ service, name }, regions]) => [...regions].map(([region, served]) => ({ service, region, operation: name, ...served })));
    }
}
