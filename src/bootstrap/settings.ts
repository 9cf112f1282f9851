// All that can be wrong with settings, found before the schema is built and before any network call.
import { readFile } from 'node:fs/promises';
import { type Config, ConfigError, type Env, examine, needsProfile, type Profile } from '../config/config.ts';
import type { Limits } from '../server/limits/limits.ts';
import { hasForeignSdk } from './open-telemetry.ts';

/** All problems at once. `hints` are added where there are some. */
export async function readSettings(env: Env, hints: readonly string[] = []) {
  const { config, problems } = examine(ownOf(env), needsProfile(env) ? await readProfile() : {});
  const collect = (error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  };
  await checkCallRates(config).catch(collect);
  const limits = await readLimits(config).catch(collect);
  const manifest = await readManifestFile(config).catch(collect);
  if (!limits || problems.length > 0) throw new ConfigError(...problems, ...hints);
  return { config, limits, manifest };
}

/**
 * An SDK that the process was started with reads the variables of OpenTelemetry, and takes values that the gateway's own does not.
 * Of one that is switched off, none has an effect.
 */
const ownOf = (env: Env): Env =>
  hasForeignSdk() || /^true$/i.test(env.OTEL_SDK_DISABLED ?? '')
    ? Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('OTEL_')))
    : env;

export type Settings = Awaited<ReturnType<typeof readSettings>>;

async function readProfile(): Promise<Profile> {
  const { readProfileRegion } = await import('../upstream/sdk/profile.ts');
  return { region: await readProfileRegion() };
}

async function readLimits({ limits: given }: Config): Promise<Limits> {
  const { defaultLimits } = await import('../server/limits/limits.ts');
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(defaultLimits, name));
  const names = Object.keys(defaultLimits).join(', ');
  if (unknown.length > 0)
    throw new ConfigError(`LIMITS: expected names among ${names}, got ${unknown.join(', ')}`);
  return { ...defaultLimits, ...given };
}

async function checkCallRates({ callRates, accounts = [] }: Config): Promise<void> {
  const keys = Object.keys(callRates);
  const strangers = keys.filter(
    (key) => /^\d/.test(key) && !accounts.some(({ id }) => key.startsWith(`${id}:`)),
  );
  if (strangers.length > 0)
    throw new ConfigError(`IVS_CALL_RATES: expected accounts of IVS_ACCOUNTS, got ${strangers.join(', ')}`);
  const names = keys.map((key) => key.replace(/^\d+:/, ''));
  if (names.length === 0) return;
  const { isOperation } = await import('../upstream/operation.ts');
  const unknown = names.filter((name) => !isOperation(name));
  if (unknown.length > 0)
    throw new ConfigError(`IVS_CALL_RATES: expected operations of IVS, got ${unknown.join(', ')}`);
}

async function readManifestFile({ persistedOperations: path }: Config) {
  if (!path) return undefined;
  try {
    const { parseManifest } = await import('../server/limits/manifest.ts');
    return parseManifest(await readFile(path, 'utf8'));
  } catch (error) {
    throw wrongManifest(path, error);
  }
}

export async function readPersisted({
  config,
  limits,
  manifest,
}: Pick<Settings, 'config'> & Partial<Settings>) {
  if (!manifest || !limits) return undefined;
  const [{ readManifest }, { schema }] = await Promise.all([
    import('../server/limits/manifest.ts'),
    import('../schema/index.ts'),
  ]);
  try {
    return readManifest(manifest, { schema, limits, hasIntrospection: config.hasIntrospection });
  } catch (error) {
    throw wrongManifest(config.persistedOperations, error);
  }
}

const wrongManifest = (path: string | undefined, error: unknown) =>
  new ConfigError(`PERSISTED_OPERATIONS: ${path}: ${(error as Error).message}`);
