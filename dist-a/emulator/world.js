import { formatArn, newResourceId } from './identifiers.js';
export class World {
    region;
    accountId;
    clock;
    stages = new Map();
    replicas = [];
    ingestConfigurations = new Map();
    publicKeys = new Map();
    compositions = new Map();
    encoderConfigurations = new Map();
    storageConfigurations = new Map();
    channels = new Map();
    streamKeys = new Map();
    recordingConfigurations = new Map();
    playbackRestrictionPolicies = new Map();
    playbackKeyPairs = new Map();
    adConfigurations = new Map();
    #order = 0;
    #asOf;
    #due = [];
    constructor(region, accountId, clock) {
        this.region = region;
        this.accountId = accountId;
        this.clock = clock;
    }
    now() {
        return this.#asOf ?? this.clock.now();
    }
    /** Lets something happen at another time: how a world gets a past. */
    asOf(time, happen) {
        this.catchUp(time);
        this.#at(time, happen);
    }
    #at(time, happen) {
        const before = this.#asOf;
        this.#asOf = time;
        try {
            happen();
        }
        finally {
            this.#asOf = before;
        }
    }
    /** Lets something happen by itself once `seconds` have passed. The clock does not ring: see `catchUp`. */
    after(seconds, happen) {
        this.#due.push({ time: new Date(this.now().getTime() + seconds * 1000), happen });
    }
    /** Lets happen, each at its own time, what has become due since somebody last looked at this world. */
    catchUp(until = this.now()) {
        for (;;) {
            const [next] = this.#due.sort((a, b) => a.time.getTime() - b.time.getTime());
            if (!next || next.time > until)
                return;
            this.#due.shift();
            this.#at(next.time, next.happen);
        }
    }
    /** The place of a new item in the order of creation. */
    nextOrder() {
        this.#order += 1;
        return this.#order;
    }
    newArn(kind, id = newResourceId()) {
        return formatArn({ region: this.region, accountId: this.accountId, kind, id });
    }
}
/** The worlds of one account, each made when its region is first named. */
export class Account {
    accountId;
    clock;
    #worlds = new Map();
    constructor(accountId, clock) {
        this.accountId = accountId;
        this.clock = clock;
    }
    /** The world of a region as it is now. */
    world(region) {
        const known = this.#worlds.get(region);
        known?.catchUp();
        if (known)
            return known;
        const world = new World(region, this.accountId, this.clock);
        this.#worlds.set(region, world);
        return world;
    }
    worlds() {
        return [...this.#worlds.keys()].map((region) => this.world(region));
    }
    clear() {
        this.#worlds.clear();
    }
}
