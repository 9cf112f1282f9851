// The gateway, wired together. What can be wrong with its settings is found out before the schema is built.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigError, examine, misspelt, needsProfile, } from './config.js';
import { banner, originOf } from './help.js';
import { stopInOrder } from './server/http/shutdown.js';
import { createLog, isPretty } from './server/log.js';
/** How long requests in flight may take to finish once the listener is closed. */
const FINISH_MS = 10_000;
export async function serve(env, version) {
    const settings = await readSettings(env);
    const { config } = settings;
    const log = await createLog({ level: config.logLevel, format: config.logFormat });
    for (const slip of misspelt(env))
        log.warn(slip);
    const metrics = await createMetrics(config, version);
    const emulator = config.backend === 'emulator' ? await embedEmulator(config) : undefined;
    const redis = await joinReplicas(config, log, emulator);
    const upstream = await connectUpstream(config, { metrics, emulator, redis });
    const { createDocumentStore } = await import('./server/limits/document-store.js');
    const { ResponseCache } = await import('./server/response-cache/responses.js');
    const responses = new ResponseCache(upstream);
    const state = { isReady: true };
    const gateway = await gatewayOf(settings, {
        ...(redis && { rateStore: { storeClient: redis.client, keyPrefix: redis.keyOf('rate') } }),
        documents: createDocumentStore(redis),
        upstream,
        responses,
        log,
        ...(config.jwt && { authenticate: await authenticateBy(config.jwt, log) }),
        isReady: () => state.isReady,
        metrics: metrics?.requests({ upstream, responses, shared: redis, token: config.metricsToken }),
    });
    const { BEHIND_PROXIES, listen } = await import('./server/http/listener.js');
    const { address, drain } = await listen(gateway.listener, config, config.proxies > 0 ? BEHIND_PROXIES : {});
    tellStarted(config, { address, emulator, log });
    stopInOrder(async () => {
        state.isReady = false;
        log.info({ delayMs: config.shutdownDelayMs, finishMs: FINISH_MS }, 'draining');
        await drain({ delayMs: config.shutdownDelayMs, finishMs: FINISH_MS });
        upstream.close();
        await redis?.close();
        await emulator?.close();
        log.info('stopped');
    }, log);
}
async function readProfile() {
    const { readProfileRegion } = await import('./upstream/sdk/profile.js');
    return { region: await readProfileRegion() };
}
/** `serve --check`: whether all is there that it needs to serve. It does not listen. */
export async function check(env) {
    const settings = await readSettings(env);
    const { config } = settings;
    const { fetchKeys, probe, runChecks } = await import('./check.js');
    const probeAws = async (region, log) => {
        const upstream = await connectUpstream(config, {});
        // Not bound by limits and manifest, which are for clients.
        const gateway = await gatewayOf({ config }, { upstream, log });
        await probe(gateway, region);
        upstream.close();
    };
    const aws = config.regions.map((region) => ({
        what: `AWS in ${region}: credentials, ListStages, ListChannels`,
        run: (log) => probeAws(region, log),
    }));
    const redis = {
        what: 'Redis',
        run: async (log) => (await joinReplicas(config, log))?.close(),
    };
    const issuers = (config.jwt?.issuers ?? []).map(({ issuer, jwksUri }) => ({
        what: `keys of ${issuer}`,
        run: (log) => fetchKeys(jwksUri, log),
    }));
    for (const slip of misspelt(env))
        console.log(`warning ${slip}`);
    return runChecks([
        { what: 'settings', run: () => readPersisted(settings) },
        ...(config.backend === 'aws' ? aws : []),
        ...(config.redisUrl ? [redis] : []),
        ...issuers,
    ], console.log);
}
/** All that can be known to be wrong without asking anybody, at once. */
async function readSettings(env) {
    const { config, problems } = examine(env, needsProfile(env) ? await readProfile() : {});
    const told = (error) => {
        if (!(error instanceof ConfigError))
            throw error;
        problems.push(...error.problems);
        return undefined;
    };
    await checkCallRates(config).catch(told);
    const limits = await readLimits(config).catch(told);
    const manifest = await readManifestFile(config).catch(told);
    if (!limits || problems.length > 0)
        throw new ConfigError(...problems, ...misspelt(env));
    return { config, limits, manifest };
}
async function gatewayOf(settings, parts) {
    const [{ schema }, { createGateway }] = await Promise.all([
        import('./schema/index.js'),
        import('./server/gateway.js'),
    ]);
    const { config, limits = {} } = settings;
    const persistedOperations = await readPersisted(settings);
    return createGateway({ ...config, limits, persistedOperations, schema, ...parts });
}
function tellStarted(config, { address, emulator, log }) {
    const { backend, regions, defaultRegion } = config;
    const url = `${originOf(address)}/graphql`;
    if (process.stderr.isTTY && isPretty(config.logFormat))
        process.stderr.write(banner({ ...config, emulator: emulator?.url }, url));
    log.info({ url, backend, defaultRegion, regions, emulator: emulator?.url }, 'started');
    if (config.isOpen)
        log.warn('AUTH_MODE is none: anyone who connects can do what the gateway’s AWS credentials allow');
}
async function readLimits({ limits: given }) {
    const { defaultLimits } = await import('./server/limits/limits.js');
    const unknown = Object.keys(given).filter((name) => !Object.hasOwn(defaultLimits, name));
    const names = Object.keys(defaultLimits).join(', ');
    if (unknown.length > 0)
        throw new ConfigError(`LIMITS: expected names among ${names}, got ${unknown.join(', ')}`);
    return { ...defaultLimits, ...given };
}
async function checkCallRates({ callRates }) {
    const names = Object.keys(callRates);
    if (names.length === 0)
        return;
    const { isOperation } = await import('./upstream/operation.js');
    const unknown = names.filter((name) => !isOperation(name));
    if (unknown.length > 0)
        throw new ConfigError(`IVS_CALL_RATES: expected operations of IVS, got ${unknown.join(', ')}`);
}
async function readManifestFile({ persistedOperations: path }) {
    if (!path)
        return undefined;
    try {
        const { parseManifest } = await import('./server/limits/manifest.js');
        return parseManifest(await readFile(path, 'utf8'));
    }
    catch (error) {
        throw wrongManifest(path, error);
    }
}
/** It is guarded no less than the graph: with tokens for the graph alone, there is none. */
async function createMetrics({ metricsToken, jwt }, version) {
    if (jwt && !metricsToken)
        return undefined;
    const { createMetrics } = await import('./server/answer/metrics.js');
    return createMetrics({ version });
}
async function embedEmulator({ emulatorPort: port }) {
    const { startEmulator } = await import('./emulator/emulator.js');
    return startEmulator({ seed: 'demo', alive: true, port }).catch((error) => {
        throw Object.assign(error, { settings: ['EMULATOR_PORT', 'EMULATOR_PORT'] });
    });
}
async function joinReplicas({ redisUrl }, log, emulator) {
    if (!redisUrl)
        return undefined;
    const { Redis, UnusableError } = await import('./redis.js');
    // An embedded emulator is nobody else's: what is known of its world means nothing to another one.
    const prefix = `ivs-graphql:${emulator ? randomUUID() : 'aws'}:`;
    return Redis.connect({ url: redisUrl, prefix, log }).catch((error) => {
        throw error instanceof UnusableError ? new ConfigError(`REDIS_URL: ${error.message}`) : error;
    });
}
async function connectUpstream({ callRates, regions, defaultRegion }, { metrics, emulator, redis }) {
    const { createUpstream } = await import('./upstream/upstream.js');
    const upstream = createUpstream({
        observer: metrics?.observer,
        shared: redis,
        regions,
        rates: callRates,
        ...(emulator && {
            endpoint: emulator.url,
            credentials: { accessKeyId: 'emulator', secretAccessKey: 'emulator' },
        }),
    });
    await upstream.checkCredentials(defaultRegion).catch((error) => {
        throw new ConfigError(`no AWS credentials: ${error.message}`);
    });
    return upstream;
}
async function readPersisted({ config, limits, manifest }) {
    if (!manifest || !limits)
        return undefined;
    const [{ readManifest }, { schema }] = await Promise.all([
        import('./server/limits/manifest.js'),
        import('./schema/index.js'),
    ]);
    try {
        return readManifest(manifest, { schema, limits, hasIntrospection: config.hasIntrospection });
    }
    catch (error) {
        throw wrongManifest(config.persistedOperations, error);
    }
}
const wrongManifest = (path, error) => new ConfigError(`PERSISTED_OPERATIONS: ${path}: ${error.message}`);
async function authenticateBy(jwt, log) {
    const { jwtAuthentication } = await import('./server/identity/jwt.js');
    return jwtAuthentication(jwt, { log });
}
