import { systemClock } from '../clock.js';
import { toAborted } from '../errors.js';
import { services } from '../services/index.js';
import { isAnswer, returnsBody } from './answer-check.js';
import { Acceptance, Renewal } from './credentials.js';
import { toUpstreamError } from './failures.js';
import { optimizeClient } from './middleware.js';
import { Transport } from './transport.js';
export function createClients({ endpoint, credentials, requestTimeoutMs = 10_000, clock = systemClock, }) {
    const transport = new Transport(requestTimeoutMs);
    const acceptance = new Acceptance(clock);
    const lines = new Map();
    let inFlight = 0;
    const lineTo = (service, region) => {
        const key = `${service} ${region}`;
        const known = lines.get(key);
        if (known)
            return known;
        // maxAttempts 1: the SDK's hidden retries would spend quota that nobody counts.
        const config = {
            region,
            maxAttempts: 1,
            // The middleware of an operation is put together once, not for each call; see optimizeClient().
            cacheMiddleware: true,
            requestHandler: transport,
            ...(endpoint && { endpoint }),
            ...(credentials && { credentials }),
        };
        const client = new services[service].Client(config);
        optimizeClient(client, transport);
        const line = { client, renewal: new Renewal((options) => client.config.credentials(options), clock) };
        lines.set(key, line);
        return line;
    };
    const send = async ({ operation, target: { region }, command, signal, trace }) => {
        const line = lineTo(operation.service, region);
        const client = line.client;
        const { generation } = line.renewal;
        inFlight += 1;
        try {
            const output = await client.send(Object.assign(command, { signal, trace, returnsBody: returnsBody(command) }));
            if (!isAnswer(command, output))
                throw Object.assign(new Error('An answer of another shape'), { $metadata: output.$metadata });
            acceptance.accepted();
            return output;
        }
        catch (thrown) {
            const aws = { service: operation.service, operation: operation.name, region };
            if (signal.aborted)
                throw toAborted(signal, aws);
            const error = toUpstreamError(thrown, operation, region);
            await acceptance.judge(error, line.renewal, generation);
            throw error;
        }
        finally {
            inFlight -= 1;
        }
    };
    return {
        send,
        /** Rejects when the credential chain finds nothing. */
        checkCredentials: async (region) => void (await lineTo('ivs', region).client.config.credentials()),
        /** Whether AWS has just refused the gateway's credentials, and taken them nowhere. */
        areCredentialsRefused: () => acceptance.isRefused(),
        /** Calls that are with AWS now. */
        inFlight: () => inFlight,
        close: () => transport.destroy(),
    };
}
