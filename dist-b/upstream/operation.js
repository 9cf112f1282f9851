import { services } from './services/index.js';
const names = Object.keys(services);
const byName = new Map(names.map((service) => {
    const rows = Object.entries(services[service].operations);
    return [service, new Map(rows.map(([name, facts]) => [name, { ...facts, service, name }]))];
}));
/** Every operation of both services. */
export const operations = [...byName.values()].flatMap((some) => [...some.values()]);
const byNamespace = new Map(names.map((name) => [services[name].namespace, byName.get(name)]));
export function operationOf(command) {
    const [, namespace, name] = command.schema ?? [];
    const operation = byNamespace.get(namespace ?? '')?.get(name ?? '');
    if (!operation)
        throw new TypeError(`Expected a command of an IVS client, got: ${command}`);
    return operation;
}
/** The operation of that name; both services have some, and then `service` says which is meant. */
export function operationNamed(name, service) {
    const operation = find(name, service ? [service] : names);
    if (!operation)
        throw new TypeError(`Expected an operation of IVS, got: ${name}`);
    return operation;
}
/** Whether one of the services has an operation of that name. */
export const isOperation = (name) => find(name, names) !== undefined;
const find = (name, among) => among.map((service) => byName.get(service)?.get(name)).find((operation) => operation !== undefined);
